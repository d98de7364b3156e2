package org.hopwise.internal.array;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.hopwise.Seed;

/** Random draws: xoshiro256++ with the modified ziggurat, both from commons-rng and so fixed across JDKs. */
public final class Draws implements RandomGenerator {

    private final UniformRandomProvider uniform;
    private final ZigguratSampler.NormalizedGaussian gaussian;

    public Draws(Seed seed) {
        this.uniform = RandomSource.XO_SHI_RO_256_PP.create(seed.value());
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(uniform);
    }

    /** A standard Gaussian number. */
    public double gaussian() {
        return gaussian.sample();
    }

    /** A number uniform in [0, 1). */
    public double uniform() {
        return uniform.nextDouble();
    }

    /** A whole number uniform in [0, bound). */
    public int below(int bound) {
        return uniform.nextInt(bound);
    }

    /** Fills with numbers uniform in [-bound, bound). */
    public void fillUniform(double[] values, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = bound * (2 * uniform.nextDouble() - 1);
        }
    }

    @Override
    public long nextLong() {
        return uniform.nextLong();
    }

    @Override
    public int nextInt() {
        return uniform.nextInt();
    }

    @Override
    public int nextInt(int bound) {
        return uniform.nextInt(bound);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return uniform.nextInt(origin, bound);
    }

    @Override
    public boolean nextBoolean() {
        return uniform.nextBoolean();
    }

    @Override
    public double nextDouble() {
        return uniform.nextDouble();
    }

    @Override
    public double nextGaussian() {
        return gaussian.sample();
    }
}
