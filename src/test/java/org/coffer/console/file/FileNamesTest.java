package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files: as paths, in searches, in order, and at the target. */
class FileNamesTest {
    @Test
    void aPathIsReadFromItsText() {
        FilePath path = FilePath.parse("2:/home/anna/report.docx");
        assertThat(path).isEqualTo(new FilePath(2, List.of("home", "anna", "report.docx")));
        assertThat(FilePath.parse(path.text())).isEqualTo(path);
        assertThat(FilePath.parse("2://home/./anna/").text()).isEqualTo("2:/home/anna");
        assertThat(FilePath.parse("0:").isRoot()).isTrue();
        assertThat(path.within(FilePath.parse("2:/home"))).isTrue();
        assertThat(path.within(FilePath.parse("2:/hom"))).isFalse();
        assertThat(path.within(FilePath.parse("1:/home"))).isFalse();
        for (String wrong : List.of("", "home", "x:/a", "1:/a/../b", "99999:/")) {
            assertThat(Refusals.code(() -> FilePath.parse(wrong))).isEqualTo("files.path");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report      | My REPORT.docx        | true
            report      | my repor.t            | false
            *.docx      | report.docx           | true
            *.docx      | report.docx.old       | false
            r?port*     | REPORT                | true
            r?port      | reeport               | false
            *a*b*c*     | xxaxxbxxc             | true
            *a*b*c      | xxaxxcxxb             | false
            \u62a5\u544a | \u5e74\u62a5\u544a.txt | true
            ?\u544a      | \u62a5\u544a           | true
            \u00e9t\u00e9 | l'E\u0301TE\u0301     | true
            *           | anything              | true
            """)
    void aNameFitsItsPattern(String pattern, String name, boolean fits) {
        assertThat(NamePattern.of(pattern).fits(name)).isEqualTo(fits);
    }

    @Test
    void aHostilePatternCostsLittle() {
        assertThat(NamePattern.of("*a".repeat(100) + "b").fits("a".repeat(255))).isFalse();
    }

    @Test
    void numbersInNamesCountByTheirValue() {
        assertThat(Stream.of("a10", "A2", "a1b", "b", "a", "10", "9", "a02x", "007")
                        .sorted(BackupFiles.NATURAL))
                .containsExactly("007", "9", "10", "a", "a1b", "A2", "a02x", "a10", "b");
    }

    @Test
    void onlyRealNamesAreGivenAtTheTarget() {
        TargetNames linux = new TargetNames(TargetNames.Rules.LINUX);
        TargetNames windows = new TargetNames(TargetNames.Rules.WINDOWS);
        for (String name : List.of("", ".", "..", "a/b", "/etc", "a\0b", "x".repeat(256), "\u957f".repeat(86))) {
            assertThat(linux.possible(name)).as(name).isFalse();
        }
        for (String name : List.of("con", "NUL.txt", "a:b", "what?", "end.", "end ", "a\\b", "tab\t", "Com1.log")) {
            assertThat(linux.possible(name)).as(name).isTrue();
            assertThat(windows.possible(name)).as(name).isFalse();
        }
        for (String name : List.of("report.docx", "...", "\u62a5\u544a", "console", "x".repeat(255))) {
            assertThat(linux.possible(name)).as(name).isTrue();
        }
        assertThat(windows.possible("\u957f".repeat(255))).isTrue();
    }

    /** As Linux mounts sticks: a dot at the end would be dropped there without a word. */
    @Test
    void whatFatCannotHoldIsKnownByTheKindOfTheTarget() {
        TargetLimits fat = TargetLimits.of("vfat");
        for (String name : List.of("a:b", "what?", "end.", "...", "a\\b", "tab\t", "x".repeat(256), "")) {
            assertThat(refusal(fat, name, NodeKind.FILE, 1)).as(name).contains("files.name");
        }
        for (String name : List.of("CON", "end ", "report.docx", "\u957f".repeat(255))) {
            assertThat(refusal(fat, name, NodeKind.FILE, 1)).as(name).isEmpty();
        }
        assertThat(refusal(fat, "link", NodeKind.LINK, 0)).contains("files.link");
        assertThat(refusal(fat, "film", NodeKind.FILE, (1L << 32) - 1)).isEmpty();
        assertThat(refusal(fat, "film", NodeKind.FILE, 1L << 32)).contains("files.large");
        assertThat(refusal(TargetLimits.of("exfat"), "film", NodeKind.FILE, 1L << 32))
                .isEmpty();
        assertThat(refusal(TargetLimits.of("exfat"), "a:b", NodeKind.FOLDER, 0)).contains("files.name");
        TargetLimits ext = TargetLimits.of("ext4");
        assertThat(refusal(ext, "what?", NodeKind.LINK, 0)).isEmpty();
        assertThat(refusal(ext, "film", NodeKind.FILE, 1L << 40)).isEmpty();
        assertThat(fat.holes()).isFalse();
        assertThat(ext.holes()).isTrue();
    }

    private static Optional<String> refusal(TargetLimits limits, String name, NodeKind kind, long size) {
        Node node = new Node(1, kind, size, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(), 1);
        return limits.refusal(FilePath.root(0), name, node).map(Problem::code);
    }

    @Test
    void aTakenNameGetsAMark() {
        assertThat(TargetNames.other("report.docx", "2026-11-21 02-00", 1, false))
                .isEqualTo("report (2026-11-21 02-00).docx");
        assertThat(TargetNames.other("report.docx", "m", 3, false)).isEqualTo("report (m 3).docx");
        assertThat(TargetNames.other("v1.2", "m", 1, true)).isEqualTo("v1.2 (m)");
        assertThat(TargetNames.other(".profile", "m", 1, false)).isEqualTo(".profile (m)");
        String longest = TargetNames.other("\u957f".repeat(83) + ".docx", "2026-11-21 02-00", 12, false);
        assertThat(longest).endsWith(" (2026-11-21 02-00 12).docx");
        assertThat(longest.getBytes(StandardCharsets.UTF_8).length).isBetween(250, 255);
    }

    @Test
    void numbersThatWereSeenAreKnown() {
        LongSet seen = new LongSet();
        for (long i = -5000; i < 5000; i++) {
            assertThat(seen.add(i * 0x1_0000_0001L)).isTrue();
        }
        for (long i = -5000; i < 5000; i++) {
            assertThat(seen.add(i * 0x1_0000_0001L)).isFalse();
        }
        assertThat(seen.size()).isEqualTo(10_000);
        assertThat(seen.contains(77)).isFalse();
    }
}
