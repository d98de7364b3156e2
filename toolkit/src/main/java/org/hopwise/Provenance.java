package org.hopwise;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a result came to be: toolkit version, Java, machine type, profile and the settings that determined it. It carries
 * no time of day and no path, so equal runs have equal provenance.
 *
 * @param entries names and values in reading order; unmodifiable
 */
public record Provenance(Map<String, String> entries) {

    /**
     * Copies the entries.
     *
     * @param entries names and values in reading order
     */
    public Provenance {
        entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * The provenance of work done in this Java virtual machine, without settings.
     *
     * @return version, Java, system and profile
     */
    public static Provenance current() {
        Map<String, String> entries = new LinkedHashMap<>();
        String version = Provenance.class.getPackage().getImplementationVersion();
        entries.put("hopwise", version == null ? "development" : version);
        entries.put("java", String.valueOf(Runtime.version().feature()));
        entries.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        entries.put("profile", Profile.current().name());
        return new Provenance(entries);
    }

    /**
     * This provenance with one more setting.
     *
     * @param name what was set
     * @param value to what
     * @return a copy with the entry
     */
    public Provenance with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(entries);
        more.put(name, String.valueOf(value));
        return new Provenance(more);
    }

    /** One line of {@code name = value} pairs. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        entries.forEach((name, value) -> line.append(line.isEmpty() ? "" : ", ")
                .append(name)
                .append(" = ")
                .append(value));
        return line.toString();
    }
}
