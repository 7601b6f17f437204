package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.layout.Region;
import org.coffer.console.backup.Backup;
import org.coffer.console.restore.Plan;
import org.coffer.window.desk.History;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the wizard's steps for a whole disk, and fails where words are clipped in either language. */
@Tag("pictures")
class WizardPicturesTest {
    private static final int LAST = 4;

    @TempDir
    static Path root;

    private static History history;
    private static Pictures pictures;

    @BeforeAll
    static void twoWeeks() throws Exception {
        history = new History(root);
        history.days().change(history.web(), 2_000_000, 3_000_000);
        pictures = new Pictures(history.clock());
    }

    @AfterAll
    static void close() {
        history.close();
    }

    private static RestoreWizard wizard(Desk desk) {
        return Wizards.over(history.console(), desk, new HeardWays());
    }

    private static WizardModel model(Desk desk) {
        return wizard(desk).model();
    }

    /** The wizard at a step, over a model in which somebody answered. */
    private static List<String> at(String name, int step, Consumer<WizardModel> answers) {
        return pictures.take(
                "wizard-" + name,
                kit -> history.hosted(kit, "disk", desk -> own -> new Region(), Optional.of((desk, own) -> {
                    try (WizardModel model = model(desk)) {
                        answers.accept(model);
                        Wizard wizard = wizard(desk).over(model);
                        // Answers come as tasks of the window's thread, as they were asked for.
                        Platform.runLater(() -> wizard.atProperty().set(Math.min(step, LAST)));
                        desk.dialogs().show(wizard);
                    }
                })));
    }

    private static void choose(WizardModel model, String disk) {
        model.disks()
                .disksProperty()
                .subscribe(all -> all.stream()
                        .filter(one -> one.name().equals(disk))
                        .findFirst()
                        .ifPresent(one -> model.disks().chosenProperty().set(Optional.of(one))));
    }

    @Test
    void whatHappenedFits() {
        assertThat(at("happened", 0, model -> {})).isEmpty();
    }

    @Test
    void theDisksFit() {
        assertThat(at("disks", 1, model -> model.happenedProperty().set(Happened.BROKEN)))
                .isEmpty();
    }

    @Test
    void theMomentsFit() {
        assertThat(at("moment", 2, model -> {
                    model.happenedProperty().set(Happened.BROKEN);
                    choose(model, "web-data");
                }))
                .isEmpty();
        assertThat(at("noticed", 2, model -> {
                    model.happenedProperty().set(Happened.VIRUS);
                    choose(model, "web-data");
                    model.moment().noticed().set(Noticed.EARLIER);
                    model.moment().typedDay().set("2026-11-16");
                }))
                .isEmpty();
        assertThat(at("damaged", 2, model -> {
                    model.happenedProperty().set(Happened.UPDATE);
                    choose(model, "web-data");
                    model.moment()
                            .timelineProperty()
                            .subscribe(all -> all.stream()
                                    .filter(Backup::damaged)
                                    .findFirst()
                                    .ifPresent(model.moment()::choose));
                }))
                .isEmpty();
    }

    @Test
    void thePlacesFit() {
        assertThat(at("where", 3, model -> {
                    model.happenedProperty().set(Happened.BROKEN);
                    choose(model, "web-data");
                }))
                .isEmpty();
        assertThat(at("where-looking", 3, model -> {
                    model.happenedProperty().set(Happened.LOOK);
                    model.scopeProperty().set(WizardModel.Scope.DISK);
                    choose(model, "web-data");
                }))
                .isEmpty();
    }

    @Test
    void theChecksFit() {
        assertThat(at("check-file", 4, model -> {
                    model.happenedProperty().set(Happened.BROKEN);
                    choose(model, "web-data");
                }))
                .isEmpty();
        assertThat(at("check-original", 4, model -> {
                    model.happenedProperty().set(Happened.UPDATE);
                    choose(model, "web-data");
                    original(model);
                    model.diskPlace().planProperty().subscribe(plan -> {
                        if (plan.isPresent()
                                && model.diskPlace().countProperty().get() instanceof Counting.Count.NotAsked) {
                            model.diskPlace().compare().run();
                        }
                    });
                }))
                .isEmpty();
        assertThat(at("check-system", 4, model -> {
                    model.happenedProperty().set(Happened.UPDATE);
                    choose(model, "sda-system");
                    original(model);
                }))
                .isEmpty();
    }

    @Test
    void theCheckWithoutAWayBackFits() {
        assertThat(at("check-no-copy", 4, model -> {
                    model.happenedProperty().set(Happened.UPDATE);
                    choose(model, "web-data");
                    original(model);
                    model.diskPlace().planProperty().subscribe(plan -> {
                        if (plan.flatMap(Plan::targetDisk).isPresent()
                                && !model.diskPlace().withoutWayBack()) {
                            model.diskPlace().withoutCopy().run();
                        }
                    });
                }))
                .isEmpty();
    }

    /** Chooses the original disk once the places are judged. */
    private static void original(WizardModel model) {
        model.diskPlace().judgedProperty().subscribe(judged -> {
            if (judged.isPresent()) {
                model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
            }
        });
    }
}
