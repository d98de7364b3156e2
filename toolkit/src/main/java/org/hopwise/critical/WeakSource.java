package org.hopwise.critical;

import org.hopwise.Seed;
import org.hopwise.internal.Check;

/** A source far weaker than the uniform background it stands on, simulated: the experiment behind propagation lengths. */
public final class WeakSource {

    /** Of the background's amplitude: deviations stay linear to 1e-8. */
    private static final double STRENGTH = 1e-4;

    private static final double SETTLED = 18;
    private static final int PERIODS = 20;

    private WeakSource() {}

    /**
     * What a source of 1e-4 of the background at site 0 makes of a lattice: from the uniform state it runs until transients
     * have fallen to 1e-8, 18 over the decay rate, and is then demodulated over 20 periods.
     *
     * @param net the lattice, of the background's gain
     * @param background the uniform background, above 0
     * @param omega radians a step; 20 periods must be a whole number of steps
     * @return the part of each site's state that oscillates, divided by the strength of the source
     * @throws IllegalArgumentException if the gains differ or the background is 0
     */
    public static Field response(CriticalLattice net, Background background, double omega) {
        if (net.gain() != background.gain()) {
            throw new IllegalArgumentException("the lattice has gain %s and the background %s; use the same."
                    .formatted(net.gain(), background.gain()));
        }
        if (background.a() == 0) {
            throw new IllegalArgumentException("background is 0; a source cannot be far weaker. Give a background.");
        }
        double strength = STRENGTH * background.a();
        Drive drive = Drive.constant(background.input()).plus(Drive.point(0, strength, omega));
        return net.run(Field.uniform(net, background.a()), drive, (long) (SETTLED / background.decayRate()))
                .demodulate(omega, PERIODS)
                .times(new Complex(1 / strength, 0));
    }

    /**
     * The mean answer to a weak source where noise alone is the background. Each trial is played twice with the same noise,
     * with and without a source of a thousandth of sigma, and the two are subtracted, so that only what the source makes is
     * left; it settles for 8 over the power of {@link NoiseBackground}.
     *
     * @param net the lattice
     * @param sigma root of the variance of the noise a step and site
     * @param omega radians a step; 20 periods must be a whole number of steps
     * @param trials how many, at least 1
     * @param seed the randomness
     * @return the mean part of each site's state that oscillates, divided by the strength of the source at site 0
     */
    public static Field noisyResponse(CriticalLattice net, double sigma, double omega, int trials, Seed seed) {
        double power = NoiseBackground.of(sigma).power();
        Check.positive("trials", trials);
        double[] mean = new double[2 * net.shape().sites()];
        for (int trial = 0; trial < trials; trial++) {
            Field start =
                    Field.random(net, Math.sqrt(power), seed.named("start").child(trial));
            Drive noise = Drive.noise(sigma, seed.named("noise").child(trial));
            Drive both = noise.plus(Drive.point(0, sigma / 1000, omega));
            long settle = (long) (8 / power);
            Field heard = net.run(start, both, settle)
                    .demodulate(omega, PERIODS)
                    .minus(net.run(start, noise, settle).demodulate(omega, PERIODS));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += heard.interleaved()[i] * 1000 / sigma / trials;
            }
        }
        return Field.wrap(net.shape(), mean);
    }
}
