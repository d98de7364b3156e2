package org.hopwise.internal;

import org.ejml.data.DMatrixRMaj;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The only door to ND4J: arrays in and out as copies in double precision, row-major. The first array made here loads
 * the native library; nothing else in the toolkit does.
 */
public final class Nd {

    /** Units of a square matrix that one array can hold. */
    public static final int MOST_UNITS = 46_340;

    private static boolean ready;

    private Nd() {}

    public static INDArray array(double[] values, long... shape) {
        requireBackend();
        return Nd4j.createFromArray(values).reshape('c', shape).dup('c');
    }

    /** A row-major copy; null stays null. */
    public static INDArray copy(INDArray array) {
        return array == null ? null : array.dup('c');
    }

    /** An array without entries, such as the input weights of a network without inputs. */
    public static INDArray empty(long... shape) {
        requireBackend();
        return Nd4j.create(DataType.DOUBLE, shape);
    }

    public static INDArray array(DMatrixRMaj matrix) {
        return array(matrix.data.clone(), matrix.numRows, matrix.numCols);
    }

    /** The values of an array of this rank in row-major order, all of them finite. */
    public static double[] values(String name, INDArray array, int rank) {
        if (array.rank() != rank) {
            throw new IllegalArgumentException("%s have %d dimensions, shape %s; they must have %d."
                    .formatted(name, array.rank(), java.util.Arrays.toString(array.shape()), rank));
        }
        double[] values =
                array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
        Check.finite(name, values, rank < 2 ? 0 : (int) array.size(rank - 1));
        return values;
    }

    public static DMatrixRMaj matrix(String name, INDArray array) {
        double[] values = values(name, array, 2);
        return DMatrixRMaj.wrap(array.rows(), array.columns(), values);
    }

    /** A copy of couplings, units x units, that are square and finite. */
    public static DMatrixRMaj square(String name, INDArray couplings) {
        if (couplings.rank() != 2 || couplings.size(0) != couplings.size(1)) {
            throw new IllegalArgumentException(
                    "%s have shape %s; they must be square, units x units. Take the recurrent weights alone, or pad "
                                    .formatted(name, java.util.Arrays.toString(couplings.shape()))
                            + "missing units with zeros.");
        }
        requireUnits(couplings.size(0));
        return matrix(name, couplings);
    }

    /** Refuses more units than a dense matrix may have. */
    public static void requireUnits(long units) {
        if (units > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "units is %d; dense couplings go up to %d. Take a part of the network, or average units into groups."
                            .formatted(units, MOST_UNITS));
        }
    }

    /**
     * Loads ND4J once, with the class loader that its look-up uses set to the toolkit's own, and turns a missing native
     * library into a sentence.
     */
    private static synchronized void requireBackend() {
        if (ready) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(Nd.class.getClassLoader());
            Nd4j.createFromArray(1.0);
            ready = true;
        } catch (RuntimeException | LinkageError fault) {
            throw new IllegalStateException(
                    ("ND4J's native library could not be loaded on %s %s (%s). Build with the profile of this system, so "
                                    + "that the nd4j-native jar with its classifier is on the class path.")
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), fault),
                    fault);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
