package org.hopwise.task;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;

/** Units in modules of equal size, and modules in pairs; no siblings stand for neighbours 2a and 2a + 1. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ModulePairs(int units, int modules, int... siblings) implements Serializable {

    ModulePairs {
        Check.positive("units", units);
        Check.positive("modules", modules);
        Check.divides("modules", modules, "units", units);
    }

    ModulePairs paired(int... siblings) {
        if (siblings.length != modules) {
            throw new IllegalArgumentException("siblings has %d entries; it needs one for each of the %d modules."
                    .formatted(siblings.length, modules));
        }
        for (int module = 0; module < siblings.length; module++) {
            int other = Check.between("sibling of module " + module, siblings[module], 0, siblings.length - 1);
            if (other == module || siblings[other] != module) {
                throw new IllegalArgumentException(
                        "module %d names %d as its sibling and module %d names %d; siblings must name each other."
                                .formatted(module, other, other, siblings[other]));
            }
        }
        return new ModulePairs(units, modules, siblings.clone());
    }

    int unitsEach() {
        return units / modules;
    }

    /** The sibling of each module; a module stands for its own where the task needs no sibling and has none. */
    int[] siblings(String task, boolean needed) {
        if (siblings.length > 0) {
            return siblings;
        }
        if (modules % 2 == 1 && needed) {
            throw new IllegalStateException("task '%s' pairs modules and has %d of them; use an even number of modules."
                    .formatted(task, modules));
        }
        return IntStream.range(0, modules)
                .map(q -> modules % 2 == 1 && q == modules - 1 ? q : q ^ 1)
                .toArray();
    }

    /** One uniform number a trial and module, repeated for every unit of the module. */
    float[] spread(int trials, Draws draws) {
        float[] levels = new float[trials * units];
        for (int at = 0; at < levels.length; at += unitsEach()) {
            Arrays.fill(levels, at, at + unitsEach(), (float) draws.uniform());
        }
        return levels;
    }

    @Override
    public String toString() {
        return "units %s, modules %s, siblings %s"
                .formatted(units, modules, siblings.length > 0 ? Arrays.toString(siblings) : "neighbours");
    }
}
