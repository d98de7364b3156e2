package org.hopwise.randommode.coupling;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.linear.LinearAlgebra;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * The eigenvalues of couplings, as points of the plane, and the singular values that large random-mode couplings have.
 *
 * <p>Singular values of J = L R' of M = alpha N components with strengths 1 (arXiv 2409.01969,
 * equation 14 and appendix C). {@code S^2} lies between {@code 1 + 5 alpha / 2 - alpha^2 / 8 -+ (1 + alpha / 8)^(3/2)
 * sqrt(8 alpha)}, M of the N values; from alpha = 1 on, where J has full rank, the lower edge is 0.
 */
public final class Spectrum {

    private Spectrum() {}

    /**
     * All eigenvalues. Cost: about 10 N^3.
     *
     * @param couplings N x N; row = target, column = source
     * @return one row an eigenvalue: {@code real}, {@code imaginary}
     * @throws IllegalArgumentException if the matrix is not square or has an entry that is not finite
     */
    public static Table table(INDArray couplings) {
        DMatrixRMaj square = Nd.square("couplings", couplings);
        double[] values = LinearAlgebra.eigenvalues(square);
        DoubleColumn real = DoubleColumn.create("real");
        DoubleColumn imaginary = DoubleColumn.create("imaginary");
        for (int i = 0; i < values.length; i += 2) {
            real.append(values[i]);
            imaginary.append(values[i + 1]);
        }
        return Table.create("spectrum", real, imaginary);
    }

    /**
     * Where singular values end.
     *
     * @param low the smallest that is not 0 by lack of components
     * @param high the largest
     */
    public record Edges(double low, double high) {}

    /**
     * The edges of the singular values (14).
     *
     * @param alpha components a unit, M / N, above 0
     * @return the smallest and the largest
     */
    public static Edges edges(double alpha) {
        Check.positive("alpha", alpha);
        double middle = 1 + 2.5 * alpha - alpha * alpha / 8;
        double half = Math.pow(1 + alpha / 8, 1.5) * Math.sqrt(8 * alpha);
        // (middle - half) (middle + half) = (1 - alpha)^3, which loses no digits near 1.
        double high = middle + half;
        double low = alpha < 1 ? Math.sqrt(Math.pow(1 - alpha, 3) / high) : 0;
        return new Edges(low, Math.sqrt(high));
    }

    /**
     * The density of the singular values that are not 0 by lack of components. With {@code s = S^2}, {@code z = s G(s) -
     * 1} solves the cubic {@code s z = (1 + z) (1 + alpha z)^2} (C13), and the density is {@code 2 |Im z| / (pi S)}.
     *
     * @param alpha components a unit, M / N, above 0
     * @param value S, above 0
     * @return share of values per unit of S; 0 outside the edges
     */
    public static double density(double alpha, double value) {
        Check.positive("alpha", alpha);
        Check.positive("value", value);
        double all = 2 * imaginaryRoot(alpha, value * value) / (Math.PI * value);
        return alpha > 1 ? alpha * all : all;
    }

    /** |Im z| of the complex roots of alpha^2 z^3 + (2 alpha + alpha^2) z^2 + (1 + 2 alpha - s) z + 1 = 0, else 0. */
    private static double imaginaryRoot(double alpha, double s) {
        double b = (2 + alpha) / alpha;
        double c = (1 + 2 * alpha - s) / (alpha * alpha);
        double d = 1 / (alpha * alpha);
        double p = c - b * b / 3;
        double q = 2 * b * b * b / 27 - b * c / 3 + d;
        double discriminant = q * q / 4 + p * p * p / 27;
        if (discriminant <= 0) {
            return 0;
        }
        double root = Math.sqrt(discriminant);
        return Math.sqrt(3) / 2 * Math.abs(Math.cbrt(-q / 2 + root) - Math.cbrt(-q / 2 - root));
    }

    /**
     * The density of singular values, for figures.
     *
     * @param alpha components a unit, M / N, above 0
     * @param points how many, at even steps between the edges; 2 or more
     * @return columns singular value, density
     */
    public static Table densities(double alpha, int points) {
        Check.between("points", points, 2, 100_000);
        Edges edges = edges(alpha);
        DoubleColumn values = DoubleColumn.create("singular value");
        DoubleColumn densities = DoubleColumn.create("density");
        for (int i = 0; i < points; i++) {
            double value = edges.low + (edges.high - edges.low) * (i + 0.5) / points;
            values.append(value);
            densities.append(density(alpha, value));
        }
        return Table.create("singular values", values, densities);
    }
}
