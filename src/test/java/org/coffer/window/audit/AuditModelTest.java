package org.coffer.window.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.audit.Caller;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.coffer.window.task.Since;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditModelTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path root;

    private TestConsole home;
    private AuditModel model;

    @BeforeEach
    void open() {
        home = new TestConsole(root, CLOCK);
        model = model(new FakeDialogs());
        model.rows().refresh();
    }

    private AuditModel model(FakeDialogs dialogs) {
        return new AuditModel(home.console().audit(), home.console().events(), TestConsole.direct(), dialogs, CLOCK);
    }

    @AfterEach
    void close() {
        model.close();
        home.close();
    }

    private void record(AuditEvent event, String name, Caller.From from) {
        var target = new Audit.Target("vault", "id-" + name, name);
        new Caller("root", from)
                .run(() -> home.console()
                        .audit()
                        .succeeded(event, target, Map.of("capacity", 100), Map.of("capacity", 150)));
    }

    @Test
    void aNewLineAppearsByItselfAtTheTop() {
        record(AuditEvent.CREATE_VAULT, "docs", Caller.From.WINDOW);
        record(AuditEvent.UPDATE_VAULT, "docs", Caller.From.COMMAND);

        assertThat(model.rows().items())
                .extracting(entry -> entry.event())
                .containsExactly(AuditEvent.UPDATE_VAULT, AuditEvent.CREATE_VAULT);
    }

    @Test
    void aDayIsFoundBehindAllThatIsNewer() {
        record(AuditEvent.CREATE_VAULT, "docs", Caller.From.WINDOW);
        record(AuditEvent.UPDATE_VAULT, "docs", Caller.From.WINDOW);
        LocalDate today = LocalDate.ofInstant(CLOCK.instant(), CLOCK.getZone());
        var found = new ArrayList<Integer>();
        model.find(today, found::add);
        model.find(today.minusDays(1), found::add);
        model.event().set(Optional.of(AuditEvent.CREATE_VAULT));
        model.find(today.minusDays(1), found::add);
        assertThat(found).containsExactly(0, 2, 1);
    }

    @Test
    void filtersHoldTogether() {
        record(AuditEvent.CREATE_VAULT, "docs", Caller.From.WINDOW);
        record(AuditEvent.CREATE_VAULT, "web", Caller.From.COMMAND);
        record(AuditEvent.UPDATE_VAULT, "web", Caller.From.COMMAND);

        model.event().set(Optional.of(AuditEvent.CREATE_VAULT));
        model.from().set(Optional.of(Caller.From.COMMAND));
        model.since().set(Optional.of(Since.TODAY));
        model.query().set("we");
        assertThat(model.rows().items()).hasSize(1);
        assertThat(model.rows().filteredProperty().get()).isTrue();

        model.clear();
        assertThat(model.rows().items()).hasSize(3);
        assertThat(model.rows().filteredProperty().get()).isFalse();
    }

    @Test
    void aWholeChainIsProvenWhole() {
        record(AuditEvent.CREATE_VAULT, "docs", Caller.From.WINDOW);
        record(AuditEvent.UPDATE_VAULT, "docs", Caller.From.WINDOW);

        model.verify().run();

        assertThat(model.findingProperty().get().orElseThrow().good()).isTrue();
    }

    @Test
    void aLineThatWasChangedBehindCoffersBackIsNamed() throws SQLException {
        record(AuditEvent.CREATE_VAULT, "docs", Caller.From.WINDOW);
        record(AuditEvent.UPDATE_VAULT, "docs", Caller.From.WINDOW);
        home.console().close();
        try (var catalog = DriverManager.getConnection(
                        "jdbc:h2:file:"
                                + root.resolve("home").resolve("catalog").toAbsolutePath(),
                        "coffer",
                        "");
                var statement = catalog.createStatement()) {
            assertThat(statement.executeUpdate("update audit set object_name = 'other' where seq = 1"))
                    .isOne();
        }
        home = new TestConsole(root, CLOCK);
        model = model(new FakeDialogs());

        model.verify().run();

        AuditModel.Finding finding = model.findingProperty().get().orElseThrow();
        assertThat(finding.good()).isFalse();
        assertThat(finding.words().args()).contains(1L);
    }

    @Test
    void anExportHoldsExactlyWhatIsFiltered() throws IOException {
        Path file = root.resolve("audit.csv");
        model.close();
        model = model(new FakeDialogs().choose(file));
        model.rows().refresh();
        record(AuditEvent.CREATE_VAULT, "docs, \"old\"", Caller.From.WINDOW);
        record(AuditEvent.CREATE_VAULT, "=1+1", Caller.From.WINDOW);
        record(AuditEvent.UPDATE_VAULT, "web", Caller.From.COMMAND);

        model.event().set(Optional.of(AuditEvent.CREATE_VAULT));
        model.export().run();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("createVault").contains("'=1+1").contains("capacity=150");
        assertThat(lines.get(2)).contains("\"docs, \"\"old\"\"\"");
    }

    @Test
    void changesAreSaidInTheLanguageShown() {
        record(AuditEvent.UPDATE_VAULT, "docs", Caller.From.WINDOW);
        var changes = new Changes(Text.of(Language.CHINESE, CLOCK));

        assertThat(changes.line(model.rows().items().getFirst())).isEqualTo("容量（GB）：100 → 150");
    }

    @Test
    void bytesAreSaidAsSizesAndSecretsOnlyAsChanged() {
        var target = new Audit.Target("vault", "id", "docs");
        home.console()
                .audit()
                .succeeded(
                        AuditEvent.UPDATE_VAULT,
                        target,
                        Map.of(),
                        Map.of("added", 14_028_000L, "passphrase", "changed", "percent", 10));
        var changes = new Changes(Text.of(Language.ENGLISH, CLOCK));

        assertThat(changes.line(
                        home.console().audit().list(AuditFilter.ALL, 0, 1).getFirst()))
                .isEqualTo("Added: 14 MB; Passphrase: changed; Share that is read (%): 10");
    }
}
