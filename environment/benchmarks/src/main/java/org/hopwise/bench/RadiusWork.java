package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.function.DoubleSupplier;
import org.hopwise.rnn.Weights;

/** The spectral radius of dense recurrent weights, or of a random wiring. */
final class RadiusWork implements Work {

    private final DoubleSupplier radius;

    RadiusWork(JsonObject request) {
        int units = request.get("units").getAsInt();
        int degree = request.get("degree").getAsInt();
        if (degree == 0) {
            Weights weights = HopsWork.dense(units, 1);
            radius = weights::spectralRadius;
        } else {
            radius = HopsWork.sparse(units, degree)::spectralRadius;
        }
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            if (!(radius.getAsDouble() > 0)) {
                throw new AssertionError();
            }
        }
    }

    @Override
    public double[] check() {
        return new double[] {radius.getAsDouble()};
    }
}
