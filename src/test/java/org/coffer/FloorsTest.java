package org.coffer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The floors of the house, top down; an arrow runs only downward.
 *
 * <pre>
 *   window            command
 *      \________________/
 *           console          event · setting · audit · task · location · resource · vault · backup · policy · attach · restore · file · opened · overview
 *        /          \
 *   machine          |
 *        \          /
 *           engine           nbd → volume → disk → vault → store
 *
 *   problem, engine.work: leaves that every floor may use; text: window and command only
 * </pre>
 */
class FloorsTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.coffer");

    /** The nouns of the console from left to right; each may use only those to its left. */
    private static final List<String> NOUNS = List.of(
            "home",
            "catalog",
            "event",
            "audit",
            "task",
            "location",
            "resource",
            "vault",
            "backup",
            "policy",
            "attach",
            "restore",
            "file",
            "opened",
            "overview");

    @Test
    void leavesKnowNobody() {
        for (String leaf : List.of("problem", "engine.work", "engine.store", "engine.store.s3")) {
            noClasses()
                    .that()
                    .resideInAPackage("org.coffer." + leaf)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.coffer.window..",
                            "org.coffer.command..",
                            "org.coffer.console..",
                            "org.coffer.machine..",
                            "org.coffer.text..",
                            "org.coffer.engine.vault..",
                            "org.coffer.engine.disk..")
                    .allowEmptyShould(true)
                    .check(CODE);
        }
    }

    @Test
    void theEngineKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("org.coffer.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.coffer.window..",
                        "org.coffer.command..",
                        "org.coffer.console..",
                        "org.coffer.machine..",
                        "org.coffer.text..")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("org.coffer.engine.vault..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.coffer.engine.disk..", "org.coffer.engine.nbd..", "org.coffer.engine.volume..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void whatReadsFileSystemsKnowsNoVault() {
        noClasses()
                .that()
                .resideInAPackage("org.coffer.engine.volume..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.coffer.engine.vault..", "org.coffer.engine.store..", "org.coffer.engine.nbd..")
                .check(CODE);
    }

    @Test
    void theMachineUsesOnlyTheDiskEngine() {
        noClasses()
                .that()
                .resideInAPackage("org.coffer.machine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.coffer.window..",
                        "org.coffer.command..",
                        "org.coffer.console..",
                        "org.coffer.text..",
                        "org.coffer.engine.vault..",
                        "org.coffer.engine.store..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void theConsoleKnowsNoScreenAndNoSentence() {
        noClasses()
                .that()
                .resideInAPackage("org.coffer.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.coffer.window..", "org.coffer.command..", "org.coffer.text..", "javafx..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void windowAndCommandSeeServicesAndNeverTheCatalogOrTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("org.coffer.window..", "org.coffer.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.coffer.engine.store..",
                        "org.coffer.engine.vault..",
                        "org.coffer.engine.disk..",
                        "org.coffer.engine.nbd..",
                        "org.coffer.engine.volume..",
                        "org.coffer.machine..",
                        "org.jooq..",
                        "org.coffer.console.catalog..")
                .allowEmptyShould(true)
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("org.coffer.window..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.coffer.command..")
                .allowEmptyShould(true)
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("org.coffer.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.coffer.window..", "javafx..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void eachNounOfTheConsoleUsesOnlyThoseToItsLeft() {
        for (int i = 0; i < NOUNS.size(); i++) {
            String[] right = NOUNS.subList(i + 1, NOUNS.size()).stream()
                    .map(noun -> "org.coffer.console." + noun + "..")
                    .toArray(String[]::new);
            if (right.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("org.coffer.console." + NOUNS.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(right)
                        .allowEmptyShould(true)
                        .check(CODE);
            }
        }
    }

    @Test
    void onlyStoresSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.coffer.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jooq..", "org.h2..", "org.flywaydb..")
                .allowEmptyShould(true)
                .check(CODE);
        classes()
                .that()
                .resideInAPackage("org.coffer.console..")
                .and()
                .resideOutsideOfPackage("org.coffer.console.catalog..")
                .and()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .areTopLevelClasses()
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.jooq..", "org.h2..", "org.flywaydb..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void modelsOfTheWindowRunWithoutAToolkit() {
        noClasses()
                .that()
                .resideInAPackage("org.coffer.window..")
                .and()
                .haveSimpleNameEndingWith("Model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..", "javafx.animation..")
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void thereAreNoCirclesOnAnyFloor() {
        slices().matching("org.coffer.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CODE.that(DescribedPredicate.not(resideInAPackage("org.coffer.console.catalog.jooq.."))));
    }
}
