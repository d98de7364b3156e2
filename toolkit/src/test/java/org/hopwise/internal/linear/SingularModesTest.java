package org.hopwise.internal.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.StoppedException;
import org.junit.jupiter.api.Test;

class SingularModesTest {

    private static final DMatrixRMaj MATRIX = RandomMatrices_DDRM.rectangle(40, 40, new Random(1));

    @Test
    void askingWhetherToStopChangesNoBit() {
        var svd = DecompositionFactory_DDRM.svd(40, 40, false, false, false);
        assertTrue(svd.decompose(MATRIX.copy()));
        double[] values = svd.getSingularValues().clone();
        Arrays.sort(values);
        double[] ours = LinearAlgebra.singularModes(MATRIX).values().data.clone();
        Arrays.sort(ours);
        assertArrayEquals(values, ours);
    }

    @Test
    void theModesAddUpToTheMatrix() {
        LinearAlgebra.Modes modes = LinearAlgebra.singularModes(MATRIX);
        DMatrixRMaj scaled = modes.left().copy();
        CommonOps_DDRM.multCols(scaled, modes.values().data);
        DMatrixRMaj sum = CommonOps_DDRM.multTransB(scaled, modes.right(), null);
        assertTrue(MatrixFeatures_DDRM.isEquals(MATRIX, sum, 1e-13));
        assertTrue(MatrixFeatures_DDRM.isOrthogonal(modes.left(), 1e-13));
    }

    /** Of 1,500 units: it would go on for a minute. */
    @Test
    void aLargeOneEndsInTheMiddle() throws InterruptedException {
        DMatrixRMaj large = RandomMatrices_DDRM.rectangle(1_500, 1_500, new Random(1));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> LinearAlgebra.singularModes(large));
        thread.setUncaughtExceptionHandler((unused, failure) -> thrown.set(failure));
        thread.start();
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().startsWith("rank1Update"))) {
            assertTrue(thread.isAlive());
        }
        thread.interrupt();
        thread.join();
        assertInstanceOf(StoppedException.class, thrown.get());
        assertEquals(Thread.State.TERMINATED, thread.getState());
    }
}
