/**
 * The command line: {@link org.hopwise.command.Hopwise} with one subcommand a question. Results go to files, progress to
 * standard error. {@code toolkit/hopwise --help} begins here.
 */
package org.hopwise.command;
