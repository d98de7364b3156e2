/** The machine: memory, cores, files and folders. */
package org.hopwise.internal.machine;
