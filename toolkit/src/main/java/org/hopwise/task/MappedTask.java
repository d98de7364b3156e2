package org.hopwise.task;

import org.hopwise.Seed;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A task that is read once, at the last step, and whose optimal influence maps are known. */
public interface MappedTask extends Task {

    /**
     * The map that a perfect network would show: influence of each input on each output at a step that carries signal.
     *
     * @return inputs x outputs; entry (a, b) is the influence from input a on output b
     */
    INDArray optimalMap();

    /**
     * The part of the optimal map that walks of this many edges must carry. Hop k carries the input of time
     * t = L - (k - 2); hops outside 2 to L + 1 carry nothing.
     *
     * @param hop the number of edges from input to output, at least 0
     * @return inputs x outputs; zero where the hop carries no signal
     */
    INDArray optimalMap(int hop);

    @Override
    default MappedTask fixed(int sequences, Seed seed) {
        return new FixedMappedTask(new FixedTask(this, sequences, seed), this);
    }
}
