package org.hopwise.internal;

import java.util.function.Function;

/**
 * The toolkit's own way between {@code org.hopwise.rnn.Weights} and plain arrays, which no public signature names. Arrays
 * are lent without a copy, for reading only: of 2,000 units a copy takes half as long as a hop decomposition. Users get
 * copies, so that weights stay immutable.
 */
public final class WeightsDoor {

    private static volatile Function<Object, Matrices> arrays;
    private static volatile Function<Matrices, Object> weights;

    private WeightsDoor() {}

    /** Set once, when the class of weights is loaded. */
    public static void open(Function<Object, Matrices> lend, Function<Matrices, Object> take) {
        arrays = lend;
        weights = take;
    }

    /** The arrays of these weights; nobody may change them. */
    public static Matrices matrices(Object of) {
        return arrays.apply(of);
    }

    /** The arrays of these weights, a copy. */
    public static Matrices copy(Object of) {
        return matrices(of).copy();
    }

    /**
     * Weights of these arrays, which are copied; refused if shapes do not agree or a value is not finite. W is always the
     * class of weights, which this floor does not know.
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <W> W weights(Matrices matrices) {
        if (weights == null) {
            try {
                Class.forName("org.hopwise.rnn.Weights");
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return (W) weights.apply(matrices);
    }
}
