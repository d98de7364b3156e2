package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.Arrays;
import org.hopwise.critical.CriticalLattice;
import org.hopwise.critical.Dispersion;
import org.hopwise.critical.Drive;
import org.hopwise.critical.Field;
import org.hopwise.critical.UnitaryKernel;

/** A critical lattice that runs for so many steps under a uniform input with one brighter site. */
final class LatticeWork implements Work {

    private static final double START = 0.1;
    private static final double INPUT = 1e-3;
    private static final double BRIGHTER = 1e-4;

    private final CriticalLattice net;
    private final int steps;

    LatticeWork(JsonObject request) {
        int rows = request.get("rows").getAsInt();
        int columns = request.get("columns").getAsInt();
        steps = request.get("steps").getAsInt();
        net = CriticalLattice.of(
                rows == 1
                        ? UnitaryKernel.ring(columns, Dispersion.nearest(0.5))
                        : UnitaryKernel.sheet(rows, columns, Dispersion.sheet(0.3, 0.7)));
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            last();
        }
    }

    private Field last() {
        Drive input = Drive.constant(INPUT).plus(Drive.point(0, BRIGHTER, 0));
        return net.run(Field.uniform(net, START), input, steps).last();
    }

    /** Mean square and the brighter site, where the answer is not uniform. */
    @Override
    public double[] check() {
        Field last = last();
        double[] re = last.re();
        double[] im = last.im();
        return new double[] {last.power(), re[0], im[0], mean(re), mean(im)};
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
