package org.hopwise.io;

import java.nio.charset.Charset;

/**
 * How text is to be read where it does not say so itself. Settings return copies.
 *
 * @param encoding of text without a byte order mark; null for UTF-8
 * @param from name of the column with the source unit; null to find it
 * @param to name of the column with the target unit; null to find it
 * @param weight name of the column with the weight; null to find it, {@code "none"} to count every edge as 1
 * @param edgeList whether a square of numbers is an edge list all the same
 * @param rowsAreTargets whether row i of a matrix holds the weights that unit i receives; otherwise those that it sends
 * @param undirected whether every edge counts both ways, a loop once
 * @param refuseDuplicates whether an edge that is named twice is an error; otherwise its weights add up
 */
public record TextOptions(
        Charset encoding,
        String from,
        String to,
        String weight,
        boolean edgeList,
        boolean rowsAreTargets,
        boolean undirected,
        boolean refuseDuplicates) {

    static final String NO_WEIGHT = "none";

    /**
     * Everything as the file says it.
     *
     * @return the defaults
     */
    public static TextOptions defaults() {
        return new TextOptions(null, null, null, null, false, false, false, false);
    }

    /**
     * Another encoding than UTF-8, for text without a byte order mark.
     *
     * @param charset the encoding
     * @return a copy
     */
    public TextOptions encoding(Charset charset) {
        return new TextOptions(charset, from, to, weight, edgeList, rowsAreTargets, undirected, refuseDuplicates);
    }

    /**
     * An edge list whose columns have these names, or these numbers counted from 1.
     *
     * @param fromColumn with the source unit
     * @param toColumn with the target unit
     * @param weightColumn with the weight, or {@code "none"}
     * @return a copy
     */
    public TextOptions columns(String fromColumn, String toColumn, String weightColumn) {
        return new TextOptions(
                encoding, fromColumn, toColumn, weightColumn, true, rowsAreTargets, undirected, refuseDuplicates);
    }

    /**
     * Another weight column, also of GraphML.
     *
     * @param column its name, or {@code "none"} to count every edge as 1
     * @return a copy
     */
    public TextOptions weight(String column) {
        return new TextOptions(encoding, from, to, column, edgeList, rowsAreTargets, undirected, refuseDuplicates);
    }

    /**
     * A square of numbers is an edge list.
     *
     * @return a copy
     */
    public TextOptions edges() {
        return new TextOptions(encoding, from, to, weight, true, rowsAreTargets, undirected, refuseDuplicates);
    }

    /**
     * Rows of a matrix are targets, as in the weights of a network.
     *
     * @return a copy
     */
    public TextOptions rowsTargets() {
        return new TextOptions(encoding, from, to, weight, edgeList, true, undirected, refuseDuplicates);
    }

    /**
     * Edges count both ways.
     *
     * @return a copy
     */
    public TextOptions bothWays() {
        return new TextOptions(encoding, from, to, weight, edgeList, rowsAreTargets, true, refuseDuplicates);
    }

    /**
     * An edge that is named twice is an error.
     *
     * @return a copy
     */
    public TextOptions distinct() {
        return new TextOptions(encoding, from, to, weight, edgeList, rowsAreTargets, undirected, true);
    }
}
