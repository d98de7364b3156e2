package org.hopwise.randommode.coupling;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Nd;
import org.hopwise.internal.linear.LinearAlgebra;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** The eigenvalues of couplings, as points of the plane. */
public final class Spectrum {

    private Spectrum() {}

    /**
     * All eigenvalues. Cost: about 10 N^3.
     *
     * @param couplings N x N; row = target, column = source
     * @return one row an eigenvalue: {@code real}, {@code imaginary}
     * @throws IllegalArgumentException if the matrix is not square or has an entry that is not finite
     */
    public static Table table(INDArray couplings) {
        DMatrixRMaj square = Nd.square("couplings", couplings);
        double[] values = LinearAlgebra.eigenvalues(square);
        DoubleColumn real = DoubleColumn.create("real");
        DoubleColumn imaginary = DoubleColumn.create("imaginary");
        for (int i = 0; i < values.length; i += 2) {
            real.append(values[i]);
            imaginary.append(values[i + 1]);
        }
        return Table.create("spectrum", real, imaginary);
    }
}
