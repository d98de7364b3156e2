package org.hopwise.sweep;

import java.io.Serializable;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * What to do at a point of a sweep: a function that can travel to another virtual machine. Lambdas and method references
 * given to {@link Sweep#run(Experiment)} are experiments by themselves; a variable is declared as one.
 */
@FunctionalInterface
public interface Experiment extends Function<SweepPoint, Table>, Serializable {}
