package org.hopwise.internal.array;

/**
 * A matrix in single precision that is multiplied many times: packed once, in panels of 12 rows in which the entries of a
 * column stand together, so that a product reads it in one run.
 *
 * <p>Every entry of a product is one chain of fused multiply-adds in rising order of the summed index, with vectors of
 * any length and with plain loops: all give the same bits, and a column of the result does not depend on the others.
 */
public final class PackedMatrix {

    static final int PANEL = 12;

    /** Operands have a multiple of this many columns: a whole number of vectors on every processor. */
    public static final int COLUMNS = 16;

    private static final boolean VECTORS = Products.VECTORS && VectorPanels.fit(COLUMNS);

    private final float[] panels;
    private final int rows;
    private final int depth;

    private PackedMatrix(int rows, int depth) {
        this.rows = rows;
        this.depth = depth;
        panels = new float[Math.multiplyExact(panelsOf(rows) * PANEL, depth)];
    }

    /** The smallest whole number of panels, or of vectors, that holds this many. */
    static int panelsOf(int rows) {
        return (rows + PANEL - 1) / PANEL;
    }

    /** This many columns and those that must be added to have a whole number of vectors. */
    public static int padded(int columns) {
        return (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
    }

    /** A matrix (rows x depth) from row-major numbers. */
    public static PackedMatrix of(double[] values, int rows, int depth) {
        PackedMatrix packed = new PackedMatrix(rows, depth);
        for (int i = 0; i < rows; i++) {
            for (int p = 0; p < depth; p++) {
                packed.panels[packed.at(i, p)] = (float) values[i * depth + p];
            }
        }
        return packed;
    }

    /** A matrix (rows x depth) from row-major numbers. */
    public static PackedMatrix of(float[] values, int rows, int depth) {
        PackedMatrix packed = new PackedMatrix(rows, depth);
        for (int i = 0; i < rows; i++) {
            for (int p = 0; p < depth; p++) {
                packed.panels[packed.at(i, p)] = values[i * depth + p];
            }
        }
        return packed;
    }

    /** The transpose of {@code depth} rows of {@code stride} numbers each, of which the first {@code rows} are taken. */
    public static PackedMatrix transposed(float[] values, int stride, int rows, int depth) {
        PackedMatrix packed = new PackedMatrix(rows, depth);
        for (int p = 0; p < depth; p++) {
            for (int i = 0; i < rows; i++) {
                packed.panels[packed.at(i, p)] = values[p * stride + i];
            }
        }
        return packed;
    }

    private int at(int row, int column) {
        return (row / PANEL * depth + column) * PANEL + row % PANEL;
    }

    /** How many numbers a result of this width needs: whole panels. */
    public int resultLength(int width) {
        return panelsOf(rows) * PANEL * width;
    }

    /**
     * C = A B for the first panels of A that hold this many rows.
     *
     * @param b depth x width, row-major, from its first number on
     * @param c at least {@link #resultLength} numbers; rows beyond the last, up to a whole panel, are zero
     * @param width a multiple of {@link #COLUMNS}
     * @param firstRows how many rows of the result are wanted
     */
    public void multiply(float[] b, float[] c, int width, int firstRows) {
        for (int panel = 0; panel < panelsOf(firstRows); panel++) {
            int from = panel * PANEL * depth;
            int to = panel * PANEL * width;
            if (VECTORS) {
                VectorPanels.panel(panels, from, b, c, to, depth, width);
            } else {
                plain(panels, from, b, c, to, depth, width);
            }
        }
    }

    static void plain(float[] a, int a0, float[] b, float[] c, int c0, int depth, int width) {
        java.util.Arrays.fill(c, c0, c0 + PANEL * width, 0);
        for (int p = 0; p < depth; p++) {
            for (int row = 0; row < PANEL; row++) {
                float factor = a[a0 + p * PANEL + row];
                int at = c0 + row * width;
                for (int j = 0; j < width; j++) {
                    c[at + j] = Math.fma(factor, b[p * width + j], c[at + j]);
                }
            }
        }
    }
}
