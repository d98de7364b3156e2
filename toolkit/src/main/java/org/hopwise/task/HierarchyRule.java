package org.hopwise.task;

import java.io.Serializable;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.Singles;

/**
 * What an output of a {@link HierarchicalTask} reports about two modules, and the inputs that go with it. Count is m |S|,
 * the number of input values that make up a module's signal.
 */
sealed interface HierarchyRule extends Serializable {

    /** The weight of the own module in the optimal map, before the gain. */
    double own();

    /** The weight of the sibling module; 0 where none is needed. */
    double sibling();

    /** What the optimal map is multiplied with. */
    double gain(double count);

    /** The target, from the sums of both modules' inputs over units and signal steps. */
    double target(double ownSum, double siblingSum, double count);

    /** What turns white inputs into signal, slab by slab of one step. */
    Signal signal(ModulePairs modules, int trials, Seed seed);

    /** Turns the white inputs of one signal step into signal. */
    interface Signal {
        void shape(float[] inputs, int at, int length);
    }

    /** (u s_own + v s_sibling) with u^2 + v^2 = 1, of white inputs. */
    record Linear(double own, double sibling) implements HierarchyRule {

        @Override
        public double gain(double count) {
            return 1 / Math.sqrt(count);
        }

        @Override
        public double target(double ownSum, double siblingSum, double count) {
            return (own * ownSum + sibling * siblingSum) / Math.sqrt(count);
        }

        @Override
        public Signal signal(ModulePairs modules, int trials, Seed seed) {
            return (inputs, at, length) -> {};
        }

        @Override
        public String toString() {
            return "linear";
        }
    }

    /** (A_own A_sibling - 1/4) / c, A the mean of inputs about a level from 0 to 1 that a module's units share. */
    record Product() implements HierarchyRule {

        /** Standard deviation of inputs about their module's level. */
        private static final float NOISE = 0.5f;

        private static final double UNIFORM_VARIANCE = 1.0 / 12;

        @Override
        public double own() {
            return 1;
        }

        @Override
        public double sibling() {
            return 1;
        }

        @Override
        public double gain(double count) {
            return 0.5 / (deviation(count) * count);
        }

        @Override
        public double target(double ownSum, double siblingSum, double count) {
            return (ownSum / count * (siblingSum / count) - 0.25) / deviation(count);
        }

        /** c: for independent A, A' of mean 1/2 and variance v the product has variance v^2 + v / 2. */
        private static double deviation(double count) {
            double v = UNIFORM_VARIANCE + NOISE * NOISE / count;
            return Math.sqrt(v * v + v / 2);
        }

        @Override
        public Signal signal(ModulePairs modules, int trials, Seed seed) {
            float[] levels = modules.spread(trials, new Draws(seed.named("levels")));
            return (inputs, at, length) -> {
                for (int i = at; i < at + length; i++) {
                    inputs[i] *= NOISE;
                }
                Singles.add(levels, 0, inputs, at, length);
            };
        }

        @Override
        public String toString() {
            return "product";
        }
    }
}
