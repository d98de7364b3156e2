package org.hopwise.train;

import java.util.Locale;
import org.hopwise.DivergedException;

/** Thrown when the loss or the weights of a training run stop being finite numbers. */
public final class TrainingDivergedException extends DivergedException {

    private static final long serialVersionUID = 1;

    /** The update at which it happened, counted from 1. */
    private final int update;

    /** The last finite loss with penalty; NaN if there was none. */
    private final double lastFiniteLoss;

    /**
     * A run that stopped being finite.
     *
     * @param what what did, such as {@code "loss"} or {@code "bound"}
     * @param update at which, counted from 1
     * @param lastFiniteLoss the last finite value; NaN if there was none
     * @param rate the learning rate in force
     */
    public TrainingDivergedException(String what, int update, double lastFiniteLoss, double rate) {
        super(String.format(
                Locale.ROOT,
                "The %s stopped being finite at update %d; the last finite %s was %.4g. Lower the learning rate (now "
                        + "%.3g), clip gradients with clip(1), or start from smaller weights.",
                what,
                update,
                "bound".equals(what) ? what : "loss",
                lastFiniteLoss,
                rate));
        this.update = update;
        this.lastFiniteLoss = lastFiniteLoss;
    }

    /**
     * The update at which it happened, counted from 1.
     *
     * @return the update
     */
    public int update() {
        return update;
    }

    /**
     * The last finite loss with penalty; NaN if there was none.
     *
     * @return the loss
     */
    public double lastFiniteLoss() {
        return lastFiniteLoss;
    }
}
