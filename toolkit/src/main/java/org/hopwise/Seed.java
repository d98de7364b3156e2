package org.hopwise;

import java.io.Serializable;

/**
 * The one source of randomness: a number from which every random stream of an experiment is derived.
 *
 * <p>Streams are named, so that drawing more from one never shifts another: {@code seed.named("noise")} and
 * {@code seed.named("weights")} are unrelated whatever is drawn from either. Derivation is a 64-bit mixing function
 * (the finaliser of SplitMix64 by Steele, Lea and Flood, 2014) and so is the same on every machine and JDK.
 *
 * @param value any number; equal numbers give equal streams
 */
public record Seed(long value) implements Described, Serializable {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /**
     * A seed of this value.
     *
     * @param value any number
     * @return the seed
     */
    public static Seed of(long value) {
        return new Seed(value);
    }

    /**
     * The seed of a named sub-stream. Different names give unrelated streams.
     *
     * @param stream the name, such as {@code "weights"}
     * @return the derived seed
     */
    public Seed named(String stream) {
        long mixed = mix(value + GOLDEN_GAMMA);
        for (int i = 0; i < stream.length(); i++) {
            mixed = mix(mixed ^ (stream.charAt(i) + GOLDEN_GAMMA));
        }
        return new Seed(mixed);
    }

    /**
     * The seed of a numbered sub-stream, for repetitions: update 17, network 3.
     *
     * @param index the number of the repetition
     * @return the derived seed
     */
    public Seed child(long index) {
        return new Seed(mix(mix(value) + (index + 1) * GOLDEN_GAMMA));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
