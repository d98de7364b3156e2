package org.hopwise.claim;

/**
 * How a number was made, in words.
 *
 * @param measure what was measured
 * @param comparison what was compared with what, and within which groups
 * @param control what it was compared with; "none" for a level against a bound
 * @param exclusion which runs were left out, "none" if none were
 * @param unit what counts as one observation
 */
record Terms(String measure, String comparison, String control, String exclusion, String unit) {

    static final Terms PLAIN = new Terms("as named", "with the bound", "none", "none", "seed");

    Terms {
        requireText("measure", measure);
        requireText("comparison", comparison);
        requireText("control", control);
        requireText("exclusion", exclusion);
        requireText("unit", unit);
    }

    static void requireText(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("%s is blank; say it in words.".formatted(name));
        }
    }

    @Override
    public String toString() {
        return "measure: %s; comparison: %s; control: %s; left out: %s; one observation: %s"
                .formatted(measure, comparison, control, exclusion, unit);
    }
}
