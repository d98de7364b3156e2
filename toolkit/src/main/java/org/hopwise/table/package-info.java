/**
 * Tables in and out, and the questions that every reader of a table asks.
 *
 * <p>{@link org.hopwise.table.TypedCsv} writes a table as text that says its types and reads it back to the last bit;
 * {@link org.hopwise.table.Columns} finds columns, or says which there are; {@link org.hopwise.table.Groups} tells rows
 * apart by their values.
 */
package org.hopwise.table;
