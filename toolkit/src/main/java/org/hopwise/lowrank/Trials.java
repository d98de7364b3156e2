package org.hopwise.lowrank;

import java.io.Serializable;
import java.util.Objects;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trials of equal length: what was observed, what went in, and the latents where they are known. Trials that ended earlier
 * are filled up with NaN, and filters and fits then told to {@code skipMissing()}.
 *
 * @param observations trials x steps x channels; NaN where nothing was measured
 * @param inputs u, trials x steps x inputs; null without inputs
 * @param latents z, trials x steps x rank; null where they are not known
 */
public record Trials(INDArray observations, INDArray inputs, INDArray latents) implements Serializable {

    /**
     * Copies the arrays.
     *
     * @param observations trials x steps x channels
     * @param inputs trials x steps x inputs, or null
     * @param latents trials x steps x rank, or null
     * @throws IllegalArgumentException if an array does not have three dimensions or other trials and steps
     */
    public Trials {
        observations = copy("observations", observations, observations);
        inputs = copy("inputs", inputs, observations);
        latents = copy("latents", latents, observations);
        if (inputs != null) {
            Nd.values("inputs", inputs, 3);
        }
    }

    private static INDArray copy(String name, INDArray array, INDArray observations) {
        if (array == null || array.isEmpty()) {
            if ("observations".equals(name)) {
                throw new IllegalArgumentException(
                        "observations are missing; give an array of trials x steps x channels.");
            }
            return null;
        }
        if (array.rank() != 3 || array.size(0) != observations.size(0) || array.size(1) != observations.size(1)) {
            throw new IllegalArgumentException("%s are %s; they must be trials x steps x one size more%s."
                    .formatted(
                            name,
                            LowRank.sizes(array.shape()),
                            array == observations
                                    ? ""
                                    : ", with the trials and steps of the observations, "
                                            + LowRank.sizes(observations.shape())));
        }
        return array.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE).dup('c');
    }

    /**
     * Trials without inputs whose latents are not known.
     *
     * @param observations trials x steps x channels
     * @return the trials
     */
    public static Trials of(INDArray observations) {
        return new Trials(observations, null, null);
    }

    /**
     * Trials whose latents are not known.
     *
     * @param observations trials x steps x channels
     * @param inputs u, trials x steps x inputs
     * @return the trials
     */
    public static Trials of(INDArray observations, INDArray inputs) {
        return new Trials(observations, inputs, null);
    }

    /**
     * A long recording cut into windows that follow one another; what is left over at the end is not used.
     *
     * @param recording steps x channels
     * @param steps of a window, at least 2
     * @return one trial a window
     */
    public static Trials windows(INDArray recording, int steps) {
        if (recording.rank() != 2 || steps < 2 || steps > recording.size(0)) {
            throw new IllegalArgumentException(
                    "steps is %d for a recording of shape %s; it must be from 2 to the steps of a steps x channels array."
                            .formatted(steps, LowRank.sizes(recording.shape())));
        }
        int trials = (int) (recording.size(0) / steps);
        int channels = (int) recording.size(1);
        double[] values = Nd.values("recording", recording, 2);
        return of(Nd.array(java.util.Arrays.copyOf(values, trials * steps * channels), trials, steps, channels));
    }

    /**
     * Some of the trials.
     *
     * @param from the first, counted from 0
     * @param to one after the last
     * @return their copy
     */
    public Trials part(int from, int to) {
        if (from < 0 || to > count() || from >= to) {
            throw new IllegalArgumentException(
                    "trials %d to %d; there are %d, and one at least must be taken.".formatted(from, to, count()));
        }
        return new Trials(cut(observations, from, to), cut(inputs, from, to), cut(latents, from, to));
    }

    private static INDArray cut(INDArray array, int from, int to) {
        if (array == null) {
            return null;
        }
        int size = (int) (array.size(1) * array.size(2));
        double[] values = flat(array);
        return Nd.array(
                java.util.Arrays.copyOfRange(values, from * size, to * size), to - from, array.size(1), array.size(2));
    }

    /**
     * How many trials there are.
     *
     * @return the number of trials
     */
    public int count() {
        return (int) observations.size(0);
    }

    /**
     * How many steps a trial has.
     *
     * @return T
     */
    public int steps() {
        return (int) observations.size(1);
    }

    /**
     * How many channels are observed.
     *
     * @return X
     */
    public int channels() {
        return (int) observations.size(2);
    }

    /**
     * One number of the observations, without a copy of them: for loops.
     *
     * @param trial the trial, counted from 0
     * @param step the step
     * @param channel the channel
     * @return the number
     * @throws IndexOutOfBoundsException if there is no such trial, step or channel
     */
    public double observation(int trial, int step, int channel) {
        return at(observations, trial, step, channel);
    }

    /**
     * One number of the inputs, without a copy of them: for loops.
     *
     * @param trial the trial, counted from 0
     * @param step the step
     * @param input the input
     * @return the number
     * @throws IndexOutOfBoundsException if there is no such trial, step or input
     * @throws IllegalStateException if there are no inputs
     */
    public double input(int trial, int step, int input) {
        return at(present("inputs", inputs), trial, step, input);
    }

    /**
     * One number of the latents, without a copy of them: for loops.
     *
     * @param trial the trial, counted from 0
     * @param step the step
     * @param latent the latent
     * @return the number
     * @throws IndexOutOfBoundsException if there is no such trial, step or latent
     * @throws IllegalStateException if the latents are not known
     */
    public double latent(int trial, int step, int latent) {
        return at(present("latents", latents), trial, step, latent);
    }

    private static INDArray present(String name, INDArray array) {
        if (array == null) {
            throw new IllegalStateException("These trials have no %s; give them to new Trials(...).".formatted(name));
        }
        return array;
    }

    private static double at(INDArray array, int trial, int step, int last) {
        Objects.checkIndex(trial, array.size(0));
        Objects.checkIndex(step, array.size(1));
        return array.getDouble(trial, step, Objects.checkIndex(last, array.size(2)));
    }

    /**
     * The observations, a copy of all of them each time; in a loop ask once, or for {@link #observation}.
     *
     * @return trials x steps x channels
     */
    @Override
    public INDArray observations() {
        return observations.dup('c');
    }

    /**
     * u, a copy of all each time; in a loop ask once, or for {@link #input}.
     *
     * @return trials x steps x inputs; null without inputs
     */
    @Override
    public INDArray inputs() {
        return inputs == null ? null : inputs.dup('c');
    }

    /**
     * z, a copy of all each time; in a loop ask once, or for {@link #latent}.
     *
     * @return trials x steps x rank; null where they are not known
     */
    @Override
    public INDArray latents() {
        return latents == null ? null : latents.dup('c');
    }

    /** Observations in one row-major array. */
    double[] values() {
        return flat(observations);
    }

    double[] inputValues(int expected) {
        return expected == 0 ? new double[0] : flat(inputs);
    }

    private static double[] flat(INDArray array) {
        return array.dup('c').reshape(array.length()).toDoubleVector();
    }

    @Override
    public String toString() {
        return "%s of %s, %s%s"
                .formatted(
                        Texts.count(count(), "trial"),
                        Texts.count(steps(), "step"),
                        Texts.count(channels(), "channel"),
                        inputs == null ? "" : ", " + Texts.count(inputs.size(2), "input"));
    }
}
