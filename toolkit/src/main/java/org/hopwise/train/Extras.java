package org.hopwise.train;

import java.io.Serializable;
import org.hopwise.rnn.Dale;

/** Settings that most trainings leave alone: signs of units, a start that is trained, a cost of activity. */
record Extras(Dale dale, boolean trainsStart, double activity) implements Serializable {

    static final Extras NONE = new Extras(null, false, 0);

    /** Nothing where nothing is set, so that texts of trainings without them stay as they were. */
    @Override
    public String toString() {
        return (dale == null ? "" : ", " + dale)
                + (trainsStart ? ", trained start" : "")
                + (activity == 0 ? "" : ", activity " + activity);
    }
}
