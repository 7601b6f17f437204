package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.ClippedText;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes pictures of the tabs of a vault with what is really in them, in the whole window, and fails where words are clipped. */
@Tag("pictures")
class VaultTabsPicturesTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void theTabsOfAVaultFit(Language language) throws Exception {
        try (var home = new WizardHome(root, Instant.parse("2026-11-16T10:00:00Z"))) {
            Disk web = home.days().image("web-data", 4, Disk.Role.DATA);
            Disk sys = home.days().image("sda-system", 2, Disk.Role.SYSTEM);
            Vault vault = home.days().vault("office_weekly", web, sys);
            home.console()
                    .policies()
                    .bind(home.console().policies().list().getFirst().id(), vault.id());
            for (int day = 0; day < 6; day++) {
                home.days().change(web, 1_000_000L * (day % 3), 50_000);
                home.days().dayOfPolicies();
            }
            home.show(language);
            boolean dark = language == Language.CHINESE;
            Fx.run(() -> Theme.dress(home.window().stage().getScene(), dark));
            Keys.push(KeyCode.CONTROL, KeyCode.DIGIT2);
            home.window().settle();
            presses(home, vault.name());
            for (String tab : List.of("vault.tab.disks", "backups.tab", "tasks.title", "vault.tab.tags")) {
                if (!tab.equals("vault.tab.disks")) {
                    presses(home, home.say(tab));
                }
                assertThat(Fx.call(() -> ClippedText.in(home.window().root()))).isEmpty();
                Pictures.write(
                        home.window().stage(),
                        "vault-tab-" + tab.replaceAll("(vault\\.tab\\.|\\..*)", "") + "-" + language.tag() + "-"
                                + (dark ? "dark" : "light"));
            }
        }
    }

    /** Presses the last there is by this name: the tabs stand below the navigation. */
    private static void presses(WizardHome home, String words) {
        Fx.run(() -> Person.all(home.window().root()).stream()
                .filter(ButtonBase.class::isInstance)
                .map(ButtonBase.class::cast)
                .filter(button -> button.getText() != null && button.getText().matches("\\Q" + words + "\\E( [0-9]+)?"))
                .reduce((one, next) -> next)
                .orElseThrow()
                .fire());
        home.window().settle();
        Fx.pulses(3);
    }
}
