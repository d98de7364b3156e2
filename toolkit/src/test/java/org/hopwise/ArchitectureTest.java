package org.hopwise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The package table of toolkit/DESIGN.md, as rules. */
@AnalyzeClasses(packages = "org.hopwise", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** Every package may use the shared values and internal; beyond that, only what stands here. */
    @ArchTest
    static final ArchRule packagesImportOnlyWhatTheTableAllows = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("root")
            .definedBy("org.hopwise")
            .layer("task")
            .definedBy("org.hopwise.task")
            .layer("rnn")
            .definedBy("org.hopwise.rnn")
            .layer("graph")
            .definedBy("org.hopwise.graph")
            .layer("train")
            .definedBy("org.hopwise.train")
            .layer("dynamics")
            .definedBy("org.hopwise.dynamics")
            .layer("metrics")
            .definedBy("org.hopwise.metrics")
            .layer("critical")
            .definedBy("org.hopwise.critical")
            .layer("sweep")
            .definedBy("org.hopwise.sweep")
            .layer("stats")
            .definedBy("org.hopwise.stats")
            .layer("network")
            .definedBy("org.hopwise.network")
            .layer("io")
            .definedBy("org.hopwise.io")
            .layer("figure")
            .definedBy("org.hopwise.figure")
            .layer("claim")
            .definedBy("org.hopwise.claim")
            .layer("notebook")
            .definedBy("org.hopwise.notebook")
            .layer("kernel")
            .definedBy("org.hopwise.notebook.kernel")
            .layer("internal")
            .definedBy("org.hopwise.internal")
            .whereLayer("root")
            .mayNotAccessAnyLayer()
            .whereLayer("internal")
            .mayOnlyAccessLayers("root")
            .whereLayer("task")
            .mayOnlyAccessLayers("root", "internal")
            .whereLayer("rnn")
            .mayOnlyAccessLayers("root", "internal", "task")
            .whereLayer("graph")
            .mayOnlyAccessLayers("root", "internal", "task", "rnn")
            .whereLayer("train")
            .mayOnlyAccessLayers("root", "internal", "task", "rnn", "graph", "stats")
            .whereLayer("dynamics")
            .mayOnlyAccessLayers("root", "internal", "rnn", "graph", "stats")
            .whereLayer("metrics")
            .mayOnlyAccessLayers("root", "internal", "rnn", "graph", "stats")
            .whereLayer("critical")
            .mayOnlyAccessLayers("root", "internal", "rnn", "graph", "stats")
            .whereLayer("sweep")
            .mayOnlyAccessLayers("root", "internal", "task", "train")
            .whereLayer("stats")
            .mayOnlyAccessLayers("root", "internal")
            .whereLayer("network")
            .mayOnlyAccessLayers("root", "internal", "rnn", "graph", "stats")
            .whereLayer("io")
            .mayOnlyAccessLayers("root", "internal", "rnn", "graph", "network")
            .whereLayer("figure")
            .mayOnlyAccessLayers("root", "internal", "stats")
            .whereLayer("claim")
            .mayOnlyAccessLayers("root", "internal", "stats")
            .whereLayer("notebook")
            .mayOnlyAccessLayers("root", "internal", "figure", "claim")
            .whereLayer("kernel")
            .mayOnlyAccessLayers("notebook");

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
            .resideOutsideOfPackage("org.hopwise.internal")
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
    static final ArchRule theLibraryNeverPrints =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
