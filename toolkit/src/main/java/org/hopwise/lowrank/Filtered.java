package org.hopwise.lowrank;

import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/**
 * What a particle filter found.
 *
 * @param logLikelihood the estimate of log p(y), added up over trials; exp of it is unbiased
 * @param bound log p(y) a step, the mean over trials: what fits raise
 * @param perStep one row a trial and step: {@code trial}, {@code time}, {@code logMean} (log of the mean weight) and
 *     {@code effectiveSampleSize} = (sum w)^2 / sum w^2
 * @param latents the particles before resampling, trials x steps x particles x rank
 * @param ancestors which particle of its step each resampled one copies, trials x steps x particles
 */
public record Filtered(double logLikelihood, double bound, Table perStep, INDArray latents, INDArray ancestors) {

    /**
     * The filtered latents, E(z_t | y_0 .. y_t): the mean of the resampled particles.
     *
     * @return trials x steps x rank
     */
    public INDArray filteredLatents() {
        int trials = (int) latents.size(0);
        int steps = (int) latents.size(1);
        int particles = (int) latents.size(2);
        int rank = (int) latents.size(3);
        double[] z = latents.dup('c').reshape(latents.length()).toDoubleVector();
        double[] a = ancestors.dup('c').reshape(ancestors.length()).toDoubleVector();
        double[] mean = new double[trials * steps * rank];
        for (int row = 0; row < trials * steps; row++) {
            for (int k = 0; k < particles; k++) {
                int from = (row * particles + (int) a[row * particles + k]) * rank;
                for (int r = 0; r < rank; r++) {
                    mean[row * rank + r] += z[from + r] / particles;
                }
            }
        }
        return Nd.array(mean, trials, steps, rank);
    }

    @Override
    public String toString() {
        return "log likelihood %s, bound %s a step, smallest effective sample size %s of %d"
                .formatted(
                        Texts.number(logLikelihood),
                        Texts.number(bound),
                        Texts.number(perStep.doubleColumn("effectiveSampleSize").min()),
                        latents.size(2));
    }
}
