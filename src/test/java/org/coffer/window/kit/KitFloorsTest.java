package org.coffer.window.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The kit's own floors.
 *
 * <pre>
 *   shell → kit.dialog → kit.form → kit
 *         → kit.page ──────────────→ kit
 *           kit.table ─────────────→ kit
 * </pre>
 */
class KitFloorsTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.coffer.window");

    @Test
    void theKitKnowsNoServices() {
        noClasses()
                .that()
                .resideInAnyPackage("org.coffer.window.kit..", "org.coffer.window.shell..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.coffer.console..", "org.coffer.engine..", "org.coffer.machine..")
                .check(CODE);
    }

    @Test
    void piecesKnowOnlyWhatIsBelowThem() {
        noClasses()
                .that()
                .resideInAPackage("org.coffer.window.kit")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.coffer.window.kit.table",
                        "org.coffer.window.kit.page",
                        "org.coffer.window.kit.form",
                        "org.coffer.window.kit.dialog",
                        "org.coffer.window.shell")
                .check(CODE);
        noClasses()
                .that()
                .resideInAPackage("org.coffer.window.kit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.coffer.window.shell..")
                .check(CODE);
        noClasses()
                .that()
                .resideInAnyPackage("org.coffer.window.kit.table", "org.coffer.window.kit.page")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.coffer.window.kit.form", "org.coffer.window.kit.dialog")
                .check(CODE);
    }

    @Test
    void whatModelsUseNeedsNoToolkit() {
        classes()
                .that()
                .belongToAnyOf(
                        Act.class,
                        Sentence.class,
                        State.class,
                        Tone.class,
                        Background.class,
                        Bridge.class,
                        LayoutMemory.class,
                        org.coffer.window.kit.table.Rows.class,
                        org.coffer.window.kit.table.ListRows.class,
                        org.coffer.window.kit.table.PagedRows.class,
                        org.coffer.window.kit.table.Ticks.class,
                        org.coffer.window.kit.dialog.Question.class,
                        org.coffer.window.shell.History.class,
                        org.coffer.window.shell.Strip.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javafx.beans..",
                        "javafx.collections..",
                        "javafx.util..",
                        "org.coffer.problem",
                        "org.coffer.window..",
                        "org.jspecify..")
                .check(CODE);
    }
}
