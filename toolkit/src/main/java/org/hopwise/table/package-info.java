/**
 * Tables in and out, and the questions that every reader of a table asks.
 *
 * <p>{@link org.hopwise.table.TypedCsv} writes a table as text that says its types and reads it back to the last bit;
 * {@link org.hopwise.table.Columns} finds columns, or says which there are; {@link org.hopwise.table.Groups} tells rows
 * apart by their values, and {@link org.hopwise.table.Slice} takes those with given values, or makes one thing for every
 * value, such as a panel for every task.
 */
package org.hopwise.table;
