package org.hopwise.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.hopwise.Profile;
import org.hopwise.Provenance;
import org.hopwise.internal.machine.CodeVersion;

/**
 * What must be the same in two Java virtual machines for a run to give the same bits in both, and its kept file the same
 * name.
 *
 * @param toolkit the toolkit's version; for a development build also a hash of its classes
 * @param java the feature version of Java
 * @param system operating system and processor
 * @param profile how much to compute
 */
record Fingerprint(String toolkit, String java, String system, String profile) implements Serializable {

    /** Of this virtual machine. */
    static Fingerprint here() {
        Map<String, String> entries = Provenance.current().entries();
        return new Fingerprint(
                CodeVersion.current(), entries.get("java"), entries.get("system"), entries.get("profile"));
    }

    /** Of this virtual machine, which computes from now on as much as the driver's profile says. */
    static Fingerprint here(String profile) {
        if (!Profile.current().name().equals(profile)) {
            System.setProperty("hopwise.profile", profile);
        }
        return here();
    }

    /** What is wrong with an executor that is this while the driver is that; nothing if they are the same. */
    Optional<String> difference(Fingerprint executor) {
        return equals(executor)
                ? Optional.empty()
                : Optional.of(
                        "an executor has %s, and the driver %s; results and kept files would differ, so make them the same."
                                .formatted(executor, this));
    }

    /** One line for errors that name two of them. */
    @Override
    public String toString() {
        return "hopwise %s, Java %s, %s, profile %s".formatted(toolkit, java, system, profile);
    }
}
