package org.hopwise.internal;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;

/**
 * The five arrays of a network as plain matrices, row = target and column = source.
 *
 * @param input hidden x inputs
 * @param recurrent hidden x hidden
 * @param output outputs x hidden
 * @param hiddenBias hidden x 1
 * @param outputBias outputs x 1
 */
public record Matrices(
        DMatrixRMaj input, DMatrixRMaj recurrent, DMatrixRMaj output, DMatrixRMaj hiddenBias, DMatrixRMaj outputBias)
        implements Serializable {

    public Matrices copy() {
        return new Matrices(input.copy(), recurrent.copy(), output.copy(), hiddenBias.copy(), outputBias.copy());
    }
}
