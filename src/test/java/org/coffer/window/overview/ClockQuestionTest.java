package org.coffer.window.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.coffer.console.overview.Attention;
import org.coffer.console.policy.ClockWatch;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Retention;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that jumped, in the window: how many backups go is said before it is believed. */
class ClockQuestionTest {
    @TempDir
    private Path root;

    private static String read(Days days, Language language, Sentence sentence) {
        return Text.of(language, days.clock())
                .get(sentence.key(), sentence.args().toArray());
    }

    /** Two backups that are kept for three days. */
    private static Vault dated(Days days) throws Exception {
        Policies policies = days.console().policies();
        Policy first = policies.list().getFirst();
        policies.edit(first.id(), first.plan().keeping(new Retention.ByDays(3)), false);
        Vault vault = days.vault("office", days.image("web", 1, Disk.Role.DATA));
        policies.bind(first.id(), vault.id());
        days.dayOfPolicies();
        days.dayOfPolicies();
        return vault;
    }

    private static ClockQuestion question(Days days, TestDesk desk) {
        return new ClockQuestion(
                days.console().simulator()::clockDoubt, days.console().clockWatch()::believe, desk.desk(days.clock()));
    }

    @Test
    void theQuestionSaysHowManyGoAndThoseGo() throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            Vault vault = dated(days);
            days.pass(Duration.ofDays(365));
            days.console().scheduler().tick();
            days.console().scheduler().await();
            days.settle();
            assertThat(days.console().overviews().now().needs())
                    .filteredOn(need -> need.kind() == Attention.Kind.CLOCK_JUMPED)
                    .extracting(Attention::number)
                    .containsExactly(2L);
            ClockWatch watch = days.console().clockWatch();
            var desk = new TestDesk();
            desk.answer(false);
            question(days, desk).ask();
            Question asked = desk.questions().getFirst();
            assertThat(asked.dangerous()).isTrue();
            assertThat(read(days, Language.ENGLISH, asked.act())).isEqualTo("The clock is right: delete 2 backups");
            assertThat(read(days, Language.CHINESE, asked.act())).isEqualTo("时钟正确，删除 2 个备份");
            assertThat(read(days, Language.ENGLISH, asked.lines().getLast())).contains("2 backups");
            assertThat(read(days, Language.CHINESE, asked.lines().getLast())).contains("2 个备份");
            assertThat(watch.suspected()).as("answered no").isPresent();
            desk.answer(true);
            question(days, desk).ask();
            assertThat(watch.suspected()).isEmpty();
            question(days, desk).ask();
            assertThat(desk.questions()).as("nothing to ask any more").hasSize(2);
            days.pass(Duration.ofDays(1));
            days.console().scheduler().daily();
            days.settle();
            assertThat(days.console().backups().ofVault(vault.id()))
                    .as("the one since")
                    .hasSize(1);
        }
    }

    @Test
    void aClockThatIsBehindTakesNothingAndIsAskedAboutPlainly() throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            dated(days);
            days.pass(Duration.ofDays(-400));
            days.console().scheduler().tick();
            days.console().scheduler().await();
            var desk = new TestDesk();
            question(days, desk).ask();
            Question asked = desk.questions().getFirst();
            assertThat(asked.dangerous()).isFalse();
            assertThat(List.of(
                            read(days, Language.ENGLISH, asked.lines().getLast()),
                            read(days, Language.CHINESE, asked.lines().getLast())))
                    .containsExactly("Policies go by it again. No backup goes by that.", "策略将重新按它执行，不会因此删除备份。");
            assertThat(days.console().clockWatch().suspected()).isEmpty();
        }
    }
}
