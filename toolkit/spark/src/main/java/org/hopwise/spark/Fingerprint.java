package org.hopwise.spark;

import java.io.Serializable;
import java.util.Map;
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

    /** One line for errors that name two of them. */
    @Override
    public String toString() {
        return "hopwise %s, Java %s, %s, profile %s".formatted(toolkit, java, system, profile);
    }
}
