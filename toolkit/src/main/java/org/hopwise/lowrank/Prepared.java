package org.hopwise.lowrank;

import org.ejml.data.DMatrixRMaj;

/** What all trials of an update share. */
final class Prepared {

    final Model model;
    final Proposal proposal;
    final DMatrixRMaj left;
    final DMatrixRMaj leftTransposed;
    final DMatrixRMaj right;
    final DMatrixRMaj rightTransposed;
    /** B, channels x rank; its transpose for the generic observation. */
    final double[] latentWeights;

    final DMatrixRMaj readout;
    final DMatrixRMaj readoutTransposed;
    final Gain firstGain;
    final Gain gain;
    final double[] firstFactor;
    final double[] factor;

    Prepared(Model m, Proposal proposal) {
        this.model = m;
        this.proposal = proposal;
        left = DMatrixRMaj.wrap(m.units(), m.rank(), m.left());
        leftTransposed = DMatrixRMaj.wrap(m.rank(), m.units(), Small.transposed(m.left(), m.units(), m.rank()));
        right = DMatrixRMaj.wrap(m.rank(), m.units(), m.right());
        rightTransposed = DMatrixRMaj.wrap(m.units(), m.rank(), Small.transposed(m.right(), m.rank(), m.units()));
        boolean optimal = proposal == Proposal.OPTIMAL;
        latentWeights = m.latentWeights();
        boolean latents = m.readout() == Readout.LATENTS;
        readout = latents ? DMatrixRMaj.wrap(m.channels(), m.rank(), latentWeights) : left;
        readoutTransposed = latents
                ? DMatrixRMaj.wrap(m.rank(), m.channels(), Small.transposed(latentWeights, m.channels(), m.rank()))
                : leftTransposed;
        firstGain = optimal ? new Gain(m.startNoise(), latentWeights, m.variance(), m.rank(), null) : null;
        gain = optimal ? new Gain(m.noise(), latentWeights, m.variance(), m.rank(), null) : null;
        firstFactor = Small.cholesky(m.startNoise(), m.rank());
        factor = Small.cholesky(m.noise(), m.rank());
    }
}
