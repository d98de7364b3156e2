package org.hopwise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.engine.Backpropagation;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.Workspace;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of everything that is trained, against central differences of the loss under the same noise. */
class TimeCourseGradientTest {

    private static final double STEP = 1e-5;

    static List<Arguments> networks() {
        List<Arguments> all = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            for (Dynamics dynamics : List.of(Dynamics.current(0.3), Dynamics.rate(0.3), Dynamics.discrete())) {
                for (Loss loss : Loss.values()) {
                    all.add(Arguments.of(activation, dynamics, loss));
                }
            }
        }
        return all;
    }

    private static Task task(Loss loss) {
        return Task.of("mixed", new TaskShape(2, 3, 7, 5), loss, (trial, random) -> {
            trial.input(0, 7, 0, random.nextGaussian());
            trial.input(2, 5, 1, random.nextGaussian());
            // Steps 4 and 5 do not count, also where squares could.
            trial.choice(2, 4, random.nextInt(3));
            trial.choice(6, 7, random.nextInt(3), 2.5);
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void backPropagationAgreesWithCentralDifferences(Activation activation, Dynamics dynamics, Loss loss) {
        Task task = task(loss);
        RecurrentNetwork network = RecurrentNetwork.normal(task, 4, activation, Seed.of(3))
                .with(dynamics)
                .startingAt(0.3, -0.2, 0.4, 0.1);
        for (Dale dale : new Dale[] {
            null,
            Dale.of(1, -1, 1, 1).positiveInputs(true).excitatoryReadOut(true).reflected(true)
        }) {
            check(task, network, loss, dale);
        }
    }

    private static void check(Task task, RecurrentNetwork network, Loss loss, Dale dale) {
        Reals doubles = Precision.DOUBLE.reals();
        Backpropagation engine =
                new Backpropagation(task.shape(), loss, 4, 6, network.activation(), network.dynamics(), 0.3, doubles);
        engine.check(task, Seed.of(1));
        engine.noise(Seed.of(4), Seed.of(5));
        Penalty penalty = Penalty.l2(0.02)
                .plus(Penalty.resolvent(0.03, 0.8, 4).leaky())
                .plus(Penalty.hopwise(0.01, 0.7, 3).leaky(0.4));
        StoredWeights weights = new StoredWeights(Parameters.of(network, true, doubles), dale, Mask.none());
        Parameters gradient = weights.stored.zeros();
        cost(engine, weights, penalty, gradient);
        weights.chain(gradient);
        for (int a = 0; a < gradient.arrays.length; a++) {
            Reals values = weights.stored.arrays[a];
            for (int i = 0; i < values.length(); i++) {
                double at = values.get(i);
                values.set(i, at + STEP);
                double up = cost(engine, weights, penalty, gradient.zeros());
                values.set(i, at - STEP);
                double down = cost(engine, weights, penalty, gradient.zeros());
                values.set(i, at);
                double slope = (up - down) / (2 * STEP);
                assertEquals(slope, gradient.arrays[a].get(i), 2e-6 * Math.max(1, Math.abs(slope)), a + ", " + i);
            }
        }
    }

    private static double cost(Backpropagation engine, StoredWeights weights, Penalty penalty, Parameters gradient) {
        weights.use();
        double loss = engine.loss(weights.inUse, gradient);
        return loss
                + engine.activityCost()
                + PenaltySum.accumulate(penalty, weights.inUse, gradient, new Workspace(gradient.precision));
    }
}
