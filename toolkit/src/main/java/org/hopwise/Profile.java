package org.hopwise;

import java.util.Arrays;
import java.util.Locale;

/**
 * How much to compute: {@link #QUICK} for a look of at most a minute, {@link #FULL} for the published figure,
 * {@link #REFERENCE} to draw the published figure from tables that were kept.
 */
public enum Profile {
    /** The same code with smaller numbers; figures made so say QUICK in their caption. */
    QUICK,
    /** The sizes of the published figures. */
    FULL,
    /** The sizes of the published figures, with long computations read from {@code data/reference}. */
    REFERENCE;

    /**
     * The profile in force: the system property {@code hopwise.profile}, else the environment variable
     * {@code HOPWISE_PROFILE}, else QUICK. Read here and nowhere else.
     *
     * @return the profile
     * @throws IllegalArgumentException if the setting is no profile's name
     */
    public static Profile current() {
        String setting = System.getProperty("hopwise.profile", System.getenv("HOPWISE_PROFILE"));
        if (setting == null || setting.isBlank()) {
            return QUICK;
        }
        try {
            return valueOf(setting.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "HOPWISE_PROFILE is '%s'; use one of %s.".formatted(setting, Arrays.toString(values())), unknown);
        }
    }

    /**
     * One of two values, by profile.
     *
     * @param quick the value in QUICK
     * @param full the value in FULL, and in REFERENCE, which shows the same numbers
     * @param <T> their type
     * @return the value for this profile
     */
    public <T> T pick(T quick, T full) {
        return this == QUICK ? quick : full;
    }
}
