package org.hopwise.stats;

import org.hopwise.internal.Texts;

/**
 * What a test found.
 *
 * @param statistic what was compared with its distribution under the null hypothesis
 * @param pValue how often the null hypothesis gives a statistic at least as far out, two-sided; above 0 and at most 1
 * @param method how it was found, in words
 */
public record TestResult(double statistic, double pValue, String method) {

    /**
     * Checks the p value.
     *
     * @param statistic what was compared
     * @param pValue from 0 to 1
     * @param method in words
     */
    public TestResult {
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue is %s; it must be from 0 to 1.".formatted(pValue));
        }
    }

    /** For reading, such as {@code 0.25, p = 0.03125 (sign flips, all 64)}. */
    @Override
    public String toString() {
        return "%s, p = %s (%s)".formatted(Texts.number(statistic), Texts.number(pValue), method);
    }
}
