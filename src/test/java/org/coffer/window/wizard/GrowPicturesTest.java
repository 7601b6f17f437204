package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.layout.Region;
import org.coffer.window.desk.Hosted;
import org.coffer.window.desk.LargerDisk;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the wizard where a disk comes back onto a larger one, and fails where words are clipped in either language. */
@Tag("pictures")
class GrowPicturesTest {
    private static final int WHERE = 3;
    private static final int CHECK = 4;

    @TempDir
    private Path root;

    @Test
    void theOtherDisksAndTheCheckOfALargerOneFit() throws Exception {
        try (var home = new LargerDisk(root)) {
            assertThat(at(home, "wizard-where-other", WHERE)).isEmpty();
            assertThat(at(home, "wizard-check-larger", CHECK)).isEmpty();
        }
    }

    private static List<String> at(LargerDisk home, String name, int step) {
        Clock clock = home.days().clock();
        return new Pictures(clock)
                .take(
                        name,
                        kit -> Hosted.over(clock, kit, "disk", desk -> own -> new Region(), Optional.of((desk, own) -> {
                            RestoreWizard wizard = Wizards.over(home.days().console(), desk, new HeardWays());
                            try (WizardModel model = wizard.model()) {
                                answer(model, home);
                                var shown = wizard.over(model);
                                Platform.runLater(() -> shown.atProperty().set(step));
                                desk.dialogs().show(shown);
                            }
                        })));
    }

    private static void answer(WizardModel model, LargerDisk home) {
        model.happenedProperty().set(Happened.BROKEN);
        model.disks()
                .disksProperty()
                .subscribe(all -> all.stream()
                        .filter(one -> one.name().equals("photos"))
                        .findFirst()
                        .ifPresent(one -> model.disks().chosenProperty().set(Optional.of(one))));
        DiskPlaceModel place = model.diskPlace();
        place.judgedProperty().subscribe(judged -> {
            if (judged.isPresent()) {
                place.wayProperty().set(DiskWay.OTHER_DISK);
                place.otherProperty().set(Optional.of(home.larger().id()));
                place.grow().chosenProperty().set(true);
            }
        });
    }
}
