package org.coffer.window.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.audit.Caller;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.restore.Receipt;
import org.coffer.problem.Problem;
import org.coffer.text.Fact;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receipts on paper, in both languages: all that they say is there, on as many pages as it needs. */
@Tag("pictures")
class ReceiptPaperTest {
    /** What is left of A4 within common margins, points. */
    private static final double WIDTH = 482;

    private static final double HEIGHT = 729;
    private static final Instant NOW = Instant.parse("2026-11-22T03:20:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Asia/Shanghai"));
    private static final Caller ADMIN = new Caller("admin", Caller.From.WINDOW);

    private static Receipt disk() {
        return new Receipt(
                new UUID(0x3f2a81bc_0000_4000L, 0x8000_0000_0000_0001L),
                Optional.empty(),
                new Receipt.Source(
                        Optional.of(new UUID(1, 1)),
                        "before_release_3-2",
                        "web-data",
                        "vault_f61e",
                        Optional.of(Instant.parse("2026-11-21T18:00:00Z"))),
                new Receipt.Destination(Optional.of(new UUID(2, 2)), "web-data", Path.of("/dev/sdb")),
                Receipt.Verdict.VERIFIED,
                Optional.empty(),
                new Receipt.Bytes(500_000_000_000L, 3_100_000_000L, 3_100_000_000L),
                ADMIN,
                NOW.minusSeconds(900),
                Optional.of(NOW),
                Optional.of(
                        new Receipt.Copy(new UUID(3, 3), "beforerestore_91c0", Optional.of(NOW.plusSeconds(604_800)))),
                List.of(Receipt.Aftercare.PASSWORDS),
                Optional.of(new Receipt.Grown(500_000_000_000L, 1_000_000_000_000L, Optional.empty())));
    }

    private static FileReceipt files(int failed) {
        return new FileReceipt(
                new UUID(0x77aa_0001_0000_4000L, 0x8000_0000_0000_0002L),
                "Photos +2",
                List.of(
                        FilePath.parse("1:/home/anna/Photos"),
                        FilePath.parse("1:/home/anna/年终总结.docx"),
                        FilePath.parse("1:/home/anna/report.docx")),
                3,
                "autobk_4a10",
                "sda-system",
                "office_weekly",
                Optional.of(Instant.parse("2026-11-20T18:00:00Z")),
                FileReceipt.Verdict.PARTLY,
                new FileOutcome(
                        OptionalLong.of(1206 + failed),
                        1204,
                        12,
                        3_400_000_000L,
                        2,
                        1,
                        failed,
                        false,
                        false,
                        true,
                        true,
                        List.of("/home/anna/report (2026-11-21 02-00).docx"),
                        List.of("/home/anna/Replaced 2026-11-21 09-30"),
                        IntStream.range(0, Math.min(failed, FileOutcome.NAMED))
                                .mapToObj(n -> new FileFailure(
                                        "1:/home/anna/Photos/2024/IMG_" + (4000 + n) + ".jpg",
                                        Problem.of("files.broken", "path", "IMG_" + (4000 + n) + ".jpg")))
                                .toList(),
                        "/home/anna"),
                Optional.of(Problem.of(
                        "files.partly", "failed", failed, "all", 1206 + failed, "first", "1:/home/anna/Photos")),
                ADMIN,
                NOW.minusSeconds(200),
                Optional.of(NOW));
    }

    private static List<Parent> pages(ReceiptSheet sheet) {
        return Fx.call(() -> ReceiptPaper.of(sheet).pages(WIDTH, HEIGHT));
    }

    private static Stream<String> words(Node node) {
        return node instanceof Label label
                ? Stream.of(label.getText())
                : node instanceof Parent parent
                        ? parent.getChildrenUnmodifiable().stream().flatMap(ReceiptPaperTest::words)
                        : Stream.empty();
    }

    private static Text text(Language language) {
        return Text.of(language, CLOCK);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void allThatTheReceiptOfADiskSaysStandsOnOnePage(Language language) {
        ReceiptSheet sheet = new ReceiptWords(text(language)).sheet(disk());
        List<Parent> pages = pages(sheet);
        assertThat(pages).hasSize(1);
        List<String> words = words(pages.getFirst()).toList();
        assertThat(words).contains(sheet.title(), sheet.verdict());
        assertThat(words)
                .containsAll(sheet.facts().stream().map(Fact::value).toList())
                .containsAll(sheet.facts().stream().map(Fact::name).toList());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whatDoesNotFitOnOnePageGoesOnOnTheNext(Language language) {
        ReceiptSheet sheet = new ReceiptWords(text(language)).sheet(files(130));
        List<Parent> pages = pages(sheet);
        assertThat(pages).hasSizeGreaterThan(2);
        assertThat(pages.stream().map(page -> page.getLayoutBounds().getHeight()))
                .allSatisfy(height -> assertThat(height).isBetween(20.0, HEIGHT));
        List<String> words = pages.stream().flatMap(ReceiptPaperTest::words).toList();
        sheet.lists().forEach(list -> assertThat(words).contains(list.heading()).containsAll(list.names()));
        assertThat(words).contains(text(language).get("receipt.more", "n", 30));
        assertThat(pages.stream()
                        .map(page -> ((VBox) page).getChildren().getLast().getStyleClass()))
                .as("no heading ends a page")
                .noneSatisfy(styles -> assertThat(styles).contains("section"));
    }

    /** Its list names them with their reasons; numbers of partitions and tasks are nothing for whoever holds the paper. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void ofFilesThatAreNotBackTheProblemSaysHowManyAndTheListWhich(Language language) {
        ReceiptSheet sheet = new ReceiptWords(text(language)).sheet(files(3));
        assertThat(sheet.facts())
                .filteredOn(fact -> fact.name().equals(text(language).get("receipt.line.problem")))
                .singleElement()
                .satisfies(fact -> assertThat(fact.value())
                        .isEqualTo(text(language).get("problem.files.partly.what", "failed", 3, "all", 1209)));
        assertThat(words(pages(sheet).getFirst())).noneMatch(said -> said.contains("1:/"));
    }

    @Test
    void receiptsLookWellOnPaper() {
        assertThat(look("receipt-disk", words -> words.sheet(disk()), 0)).isEmpty();
        assertThat(look("receipt-files", words -> words.sheet(files(3)), 0)).isEmpty();
        assertThat(look("receipt-files-second-page", words -> words.sheet(files(130)), 1))
                .isEmpty();
    }

    private static List<String> look(String name, Function<ReceiptWords, ReceiptSheet> receipt, int page) {
        return new Pictures(CLOCK)
                .take(
                        name,
                        WIDTH,
                        HEIGHT,
                        kit -> {
                            ReceiptSheet sheet = receipt.apply(new ReceiptWords(kit.text()));
                            Parent one =
                                    ReceiptPaper.of(sheet).pages(WIDTH, HEIGHT).get(page);
                            one.getScene().setRoot(new StackPane());
                            return one;
                        },
                        scene -> {});
    }
}
