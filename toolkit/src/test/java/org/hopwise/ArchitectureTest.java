package org.hopwise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The package table of toolkit/DESIGN.md, as rules. */
@AnalyzeClasses(packages = "org.hopwise", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** Rooms of the toolkit, with the rooms that each may use besides the root and internal. */
    private static final Map<String, List<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            entry("task", List.of()),
            entry("rnn", List.of("task")),
            entry("graph", List.of("task", "rnn", "table")),
            entry("train", List.of("task", "rnn", "graph")),
            entry("linear", List.of("task", "rnn", "graph", "train")),
            entry("study", List.of("task", "rnn", "graph", "train", "linear", "stats", "network")),
            entry("randommode.coupling", List.of("rnn", "graph", "stats")),
            entry("randommode.averages", List.of("rnn")),
            entry("randommode.simulation", List.of("rnn", "randommode.coupling", "randommode.averages", "stats")),
            entry("randommode.theory", List.of("rnn", "randommode.coupling", "randommode.averages", "stats")),
            entry("sweep", List.of("table")),
            entry("table", List.of()),
            entry("stats", List.of("table")),
            entry("io", List.of("rnn", "graph", "network")),
            entry("figure", List.of("table", "stats")),
            entry("claim", List.of("table", "stats")),
            entry("metrics", List.of("rnn", "graph", "table", "stats")),
            entry("command", List.of("rnn", "graph", "network", "io", "stats", "figure")),
            entry("network", List.of("rnn", "graph", "stats", "figure", "sweep")),
            entry("critical", List.of("rnn", "graph", "stats")),
            entry("lowrank", List.of("rnn", "graph", "train", "stats")),
            entry(
                    "lesson",
                    List.of(
                            "task",
                            "rnn",
                            "graph",
                            "train",
                            "study",
                            "stats",
                            "claim",
                            "figure",
                            "critical",
                            "lowrank",
                            "network",
                            "randommode.averages",
                            "randommode.coupling",
                            "randommode.theory")),
            entry("notebook", List.of("figure", "claim", "task", "rnn", "graph", "train", "lesson")),
            entry("notebook.kernel", List.of("notebook"))));

    /** Floors of the cellar; the engine alone knows networks and tasks, since it runs them. */
    private static final Map<String, List<String>> INTERNAL = new TreeMap<>(Map.ofEntries(
            entry("internal", List.of()),
            entry("internal.javadoc", List.of("internal")),
            entry("internal.machine", List.of("internal")),
            entry("internal.array", List.of("internal", "internal.machine")),
            entry("internal.linear", List.of("internal", "internal.machine", "internal.array")),
            entry("internal.engine", List.of("internal", "internal.machine", "internal.array", "task", "rnn"))));

    @ArchTest
    static final ArchRule roomsUseOnlyWhatTheTableAllows = layers();

    private static ArchRule layers() {
        Architectures.LayeredArchitecture house = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("root")
                .definedBy("org.hopwise");
        Map<String, List<String>> all = new TreeMap<>(ROOMS);
        all.putAll(INTERNAL);
        for (String room : all.keySet()) {
            house = house.layer(room).definedBy("org.hopwise." + room);
        }
        house = house.whereLayer("root").mayNotAccessAnyLayer();
        for (String room : all.keySet()) {
            Set<String> may = new TreeSet<>(all.get(room));
            may.add("root");
            if (ROOMS.containsKey(room)) {
                may.addAll(INTERNAL.keySet());
            }
            house = house.whereLayer(room).mayOnlyAccessLayers(may.toArray(String[]::new));
        }
        return house;
    }

    @ArchTest
    static void everyPackageIsARoom(JavaClasses classes) {
        Set<String> known = new TreeSet<>(Set.of("org.hopwise", "org.hopwise.randommode"));
        ROOMS.keySet().forEach(room -> known.add("org.hopwise." + room));
        INTERNAL.keySet().forEach(room -> known.add("org.hopwise." + room));
        Set<String> found = new TreeSet<>();
        classes.forEach(type -> found.add(type.getPackageName()));
        found.removeAll(known);
        assertEquals(Set.of(), found, "packages that no room is known for");
    }

    @ArchTest
    static final ArchRule onlyFigureKnowsChartsAndAwt = noClasses()
            .that()
            .resideOutsideOfPackage("org.hopwise.figure")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm..", "java.awt..", "javax.imageio..", "de.erichseifert..");

    @ArchTest
    static final ArchRule onlyInternalMakesArrays = noClasses()
            .that()
            .resideOutsideOfPackage("org.hopwise.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.nd4j.linalg.factory..");

    @ArchTest
    static final ArchRule onlyNotebookKnowsKernels = noClasses()
            .that()
            .resideOutsideOfPackage("org.hopwise.notebook.kernel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.github.spencerpark..", "org.dflib..");

    @ArchTest
    static final ArchRule randomnessComesFromSeeds = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage("org.hopwise.command")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
