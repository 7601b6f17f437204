package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeLog;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.engine.vault.MasterKey;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B12, L4: passphrases, the recovery sheet, and homes that lost their secrets. */
class VaultKeysTest {
    private static final String PASSPHRASE = "correct horse 宝匣";

    @TempDir
    private Path root;

    private static Vault vault(TestHome home, boolean encrypted, Optional<String> passphrase, Disk... disks) {
        NewVault plain = home.newVault("vault_keys", disks);
        return home.console()
                .vaults()
                .create(new NewVault(
                        plain.name(),
                        "",
                        plain.location(),
                        100,
                        plain.disks(),
                        encrypted,
                        passphrase.map(String::toCharArray),
                        false,
                        "",
                        Map.of()));
    }

    private static void loseSecrets(TestHome home) throws IOException {
        home.restart(() -> {
            Files.delete(home.root().resolve("home/secrets"));
            Files.delete(home.root().resolve("home/secrets.key"));
        });
    }

    private static VaultKeys keys(TestHome home) {
        return home.console().vaults().keys();
    }

    private static String code(TestHome home, Vault vault, String typed) {
        return Refusals.code(() -> keys(home).unlock(vault.id(), typed.toCharArray()));
    }

    @Test
    void aPassphraseHasAtLeastEightCharacters() {
        assertThat(VaultKeys.problem("123".toCharArray()).map(Refusals::spoken))
                .map(Problem::code)
                .contains("passphrase.short");
        assertThat(VaultKeys.problem("1234".toCharArray())).isEmpty();
    }

    @Test
    void theRightPassphraseOpensAVaultWhoseKeyIsLostAndAWrongOneDoesNot() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            byte[] before = Files.readAllBytes(disk.path());
            Vault vault = vault(home, true, Optional.of(PASSPHRASE), disk);
            Backup one = home.backUp(vault, disk, "one");
            assertThat(keys(home).hasPassphrase(vault.id())).isTrue();
            loseSecrets(home);

            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.ERROR);
            assertThat(home.again(vault).problem().map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("vault.no-key");
            assertThat(Refusals.code(() -> home.tryBackUp(vault, disk, "two"))).isEqualTo("vault.no-key");
            assertThat(code(home, vault, PASSPHRASE + "!")).isEqualTo("key.wrong");
            assertThat(home.again(vault).keyed()).isFalse();

            keys(home).unlock(vault.id(), PASSPHRASE.toCharArray());
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
            Files.write(disk.path(), new byte[before.length]);
            home.restore(one, new Target.Original());
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(before);
            home.restart();
            assertThat(home.again(vault).keyed()).isTrue();
            home.backUp(vault, disk, "two");
        }
    }

    @Test
    void theRecoveryCodeOpensTheVaultInAnotherHomeAlsoTypedWithSpacesAndSmallLetters() throws Exception {
        Path copy = root.resolve("copy.img");
        Path second = root.resolve("second");
        Vault vault;
        Backup one;
        String code;
        byte[] before;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            before = Files.readAllBytes(disk.path());
            vault = vault(home, true, Optional.empty(), disk);
            one = home.backUp(vault, disk, "one");
            code = keys(home).sheet(vault.id()).code();
        }
        Files.createDirectories(second.resolve("home"));
        Files.copy(root.resolve("home/catalog.mv.db"), second.resolve("home/catalog.mv.db"));
        try (TestHome home = new TestHome(second)) {
            char last = code.charAt(code.length() - 1);
            String typo = code.substring(0, code.length() - 1) + (last == '7' ? '8' : '7');
            assertThat(code(home, vault, typo)).isEqualTo("key.wrong");
            String typed = "  " + code.toLowerCase(Locale.ROOT).replace('-', ' ') + " ";
            keys(home).unlock(vault.id(), typed.toCharArray());
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(before);
        }
    }

    @Test
    void anotherVaultsRecoveryCodeIsWrong() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = vault(home, true, Optional.empty());
            String foreign = keys(home).sheet(home.vault("vault_other").id()).code();
            loseSecrets(home);
            assertThat(code(home, vault, foreign)).isEqualTo("key.wrong");
        }
    }

    @Test
    void aChangedPassphraseTakesThePlaceOfTheOld() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = vault(home, true, Optional.of(PASSPHRASE));
            assertThat(Refusals.code(() -> keys(home).changePassphrase(vault.id(), "abc".toCharArray())))
                    .isEqualTo("passphrase.short");
            keys(home).changePassphrase(vault.id(), "quite another one".toCharArray());
            loseSecrets(home);
            assertThat(code(home, vault, PASSPHRASE)).isEqualTo("key.wrong");
            keys(home).unlock(vault.id(), "quite another one".toCharArray());
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void aVaultWithoutEncryptionTakesNoPassphrase() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = vault(home, false, Optional.empty());
            assertThat(Refusals.code(() -> keys(home).changePassphrase(vault.id(), PASSPHRASE.toCharArray())))
                    .isEqualTo("vault.not-encrypted");
            assertThat(home.again(vault).sheetMissing()).isFalse();
        }
    }

    @Test
    void aVaultAsksForItsSheetUntilThatWasSaved() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = vault(home, true, Optional.empty());
            assertThat(vault.sheetMissing()).isTrue();
            VaultKeys.Sheet sheet = keys(home).sheet(vault.id());
            assertThat(sheet.code()).isEqualTo(keys(home).sheet(vault.id()).code());
            assertThat(sheet.where()).isEqualTo(root.resolve("place").toString());
            assertThat(home.again(vault).sheetMissing()).isTrue();
            keys(home).sheetSaved(vault.id());
            home.restart();
            assertThat(home.again(vault).sheetMissing()).isFalse();
        }
    }

    @Test
    void aHomeWhoseSecretsAreDamagedSaysSoAndCanBeUnlockedAgain() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = vault(home, true, Optional.of(PASSPHRASE), disk);
            home.backUp(vault, disk, "one");
            Path secrets = root.resolve("home/secrets");
            home.restart(() -> TestHome.flip(secrets, Files.size(secrets) / 2));

            assertThat(home.again(vault).keyed()).isFalse();
            assertThat(home.again(vault).problem().map(Refusals::spoken))
                    .map(Problem::code)
                    .contains("secrets.unreadable");
            assertThat(Refusals.code(() -> home.tryBackUp(vault, disk, "two"))).isEqualTo("secrets.unreadable");
            byte[] damaged = Files.readAllBytes(secrets);
            keys(home).unlock(vault.id(), PASSPHRASE.toCharArray());
            home.backUp(vault, disk, "two");
            assertThat(Files.readAllBytes(root.resolve("home/secrets.unreadable-1")))
                    .as("what could not be read is kept aside")
                    .isEqualTo(damaged);
        }
    }

    @Test
    void noSecretLiesInTheCatalogTheLogOrTheVault() throws Exception {
        Home directory = new Home(root.resolve("home"));
        List<byte[]> secrets;
        HomeLog log = HomeLog.open(directory);
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = vault(home, true, Optional.of(PASSPHRASE), disk);
            home.backUp(vault, disk, "one");
            String code = keys(home).sheet(vault.id()).code();
            keys(home).changePassphrase(vault.id(), "quite another one".toCharArray());
            assertThat(code(home, vault, "a wrong passphrase")).isEqualTo("key.wrong");
            keys(home).unlock(vault.id(), code.toCharArray());
            try (MasterKey key = home.console().vaults().open().get(vault.id()).key()) {
                byte[] raw = key.copy();
                secrets = List.of(
                        raw,
                        Base64.getEncoder().encode(raw),
                        text(HexFormat.of().formatHex(raw)),
                        text(code),
                        text(code.replace("-", "")),
                        text(PASSPHRASE),
                        text("quite another one"),
                        text("a wrong passphrase"));
            }
        } finally {
            log.close();
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("web.img"))
                    .toList()) {
                if (file.getFileName().toString().startsWith("secrets")) {
                    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
                }
                String bytes = latin(Files.readAllBytes(file));
                for (byte[] secret : secrets) {
                    assertThat(bytes.contains(latin(secret)))
                            .as(latin(secret) + " in " + file)
                            .isFalse();
                }
            }
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
