package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confirmations and passphrases: who is asked, and what happens where nobody is. */
class AskingTest {
    @TempDir
    Path folder;

    private static Context context(ScriptedTerminal terminal) {
        Clock clock = Clock.systemUTC();
        return new Context(terminal, Text.of(Language.ENGLISH, clock), clock, new Opened() {
            @Override
            public Console console() {
                throw new IllegalStateException();
            }

            @Override
            public Optional<Path> log() {
                return Optional.empty();
            }
        });
    }

    @Test
    void withYesNobodyIsAsked() {
        ScriptedTerminal person = ScriptedTerminal.person(folder, List.of());
        context(person).confirm(true, "All will go.");
        assertThat(person.questions()).isEmpty();
    }

    @Test
    void aPersonDecides() {
        assertThatCode(() ->
                        context(ScriptedTerminal.person(folder, List.of("y"))).confirm(false, "All will go."))
                .doesNotThrowAnyException();
        ScriptedTerminal person = ScriptedTerminal.person(folder, List.of(""));
        assertThatThrownBy(() -> context(person).confirm(false, "All will go."))
                .isInstanceOf(UnconfirmedException.class);
        assertThat(person.questions()).containsExactly("All will go. [y/N] ");
    }

    @Test
    void whereNobodyIsTheWayToConfirmIsSaid() {
        ScriptedTerminal pipe = ScriptedTerminal.pipe(folder);
        assertThatThrownBy(() -> context(pipe).confirm(false, "All will go.")).isInstanceOf(UnconfirmedException.class);
        assertThat(pipe.errors()).isEqualTo("All will go.\nAdd --yes to go ahead.\n");
    }

    @Test
    void theFileGoesBeforeTheVariableAndThatBeforeThePerson() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "在文件里\nsecond line\n");
        Context both = context(ScriptedTerminal.with(folder, Map.of("COFFER_PASSPHRASE", "in the variable")));
        assertThat(both.path(Path.of("secret"))).isEqualTo(file);
        assertThat(new Passphrases(both).required(file, "?")).containsExactly("在文件里".toCharArray());
        assertThat(new Passphrases(both).required(null, "?")).containsExactly("in the variable".toCharArray());
        ScriptedTerminal person = ScriptedTerminal.person(folder, List.of("typed"));
        assertThat(new Passphrases(context(person)).required(null, "Passphrase:"))
                .containsExactly("typed".toCharArray());
        assertThat(person.questions()).containsExactly("Passphrase: ");
    }

    @Test
    void aNewPassphraseIsTypedTwice() {
        ScriptedTerminal same = ScriptedTerminal.person(folder, List.of("secret 1", "secret 1"));
        assertThat(new Passphrases(context(same)).chosen(null, "New:")).isPresent();
        ScriptedTerminal different = ScriptedTerminal.person(folder, List.of("secret 1", "secret 2"));
        assertThatThrownBy(() -> new Passphrases(context(different)).chosen(null, "New:"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("passphrase.differs"));
        ScriptedTerminal none = ScriptedTerminal.person(folder, List.of(""));
        assertThat(new Passphrases(context(none)).chosen(null, "New:")).isEmpty();
    }

    @Test
    void withoutAnySourceThatIsSaid() {
        assertThat(new Passphrases(context(ScriptedTerminal.pipe(folder))).chosen(null, "New:"))
                .isEmpty();
        assertThatThrownBy(() -> new Passphrases(context(ScriptedTerminal.pipe(folder))).required(null, "?"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("passphrase.missing"));
    }
}
