package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, times and names as people type them. */
class TypedValuesTest {
    private static final Clock SHANGHAI = Clock.fixed(Instant.EPOCH, ZoneId.of("Asia/Shanghai"));

    @ParameterizedTest
    @CsvSource(textBlock = """
            10, 10
            500GB, 500
            500gb, 500
            500 GB, 500
            500G, 500
            2TB, 2000
            1.5TB, 1500
            100GiB, 108
            1TiB, 1100
            1PB, 1000000
            10000MB, 10
            10.0, 10
            10485761, 10485761
            """)
    void capacitiesAreWholeGbAndBinaryUnitsAreRoundedUpToThem(String typed, long gb) {
        assertThat(Sizes.capacity(typed).gigabytes()).isEqualTo(gb);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.5", "10.5GB", "9MB", "1.2345TB", "10500000001B"})
    void whatIsNoWholeNumberOfGbIsNotRounded(String typed) {
        assertThatThrownBy(() -> Sizes.capacity(typed)).satisfies(e -> code(e, "size.fraction"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-5", "5XB", "1e9", "5 5", "99999999999999999999999", "十"})
    void whatIsNoSizeIsNamed(String typed) {
        assertThatThrownBy(() -> Sizes.capacity(typed)).satisfies(e -> code(e, "size.invalid"));
    }

    @Test
    void whatIsBeyondCountingIsQuotedAsItWasTyped() {
        assertThatThrownBy(() -> Sizes.capacity("99999999999999999999"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    code(e, "size.large");
                    assertThat(e.problem().args()).containsEntry("size", "99999999999999999999");
                });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-21T02:00:00Z,        2026-11-21T02:00:00Z
            2026-11-21T02:00+08:00,      2026-11-20T18:00:00Z
            2026-11-21T02:00,            2026-11-20T18:00:00Z
            2026-11-21 02:00,            2026-11-20T18:00:00Z
            2026-11-21,                  2026-11-20T16:00:00Z
            """)
    void timesWithoutAZoneAreInTheCallersOwn(String typed, Instant moment) {
        assertThat(Times.moment(typed, SHANGHAI)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-01", "21.11.2026", "02:00"})
    void whatIsNoTimeIsNamed(String typed) {
        assertThatThrownBy(() -> Times.moment(typed, SHANGHAI)).satisfies(e -> code(e, "time.invalid"));
    }

    private record Thing(String id, String name) {}

    private static final Picker<Thing> PICKER =
            new Picker<>(typed -> Problem.of("thing.unknown", "thing", typed), Thing::id, Thing::name);
    private static final List<Thing> THINGS = List.of(
            new Thing("1f0c-aaaa", "web"),
            new Thing("1f0c-bbbb", "data"),
            new Thing("77aa-cccc", "data"),
            new Thing("88bb-dddd", "77aa-cccc"));

    @Test
    void aNameOrAnIdWillDo() {
        assertThat(PICKER.pick("web", THINGS).id()).isEqualTo("1f0c-aaaa");
        assertThat(PICKER.pick("1f0c-bbbb", THINGS).name()).isEqualTo("data");
        assertThat(PICKER.pick("88bb", THINGS).id()).isEqualTo("88bb-dddd");
        // An ID goes before a name that looks like one.
        assertThat(PICKER.pick("77aa-cccc", THINGS).name()).isEqualTo("data");
    }

    @Test
    void aNameThatIsNotUniqueIsRefusedWithTheCandidates() {
        assertThatThrownBy(() -> PICKER.pick("data", THINGS)).isInstanceOfSatisfying(ProblemException.class, e -> {
            code(e, "pick.ambiguous");
            assertThat(e.problem().args())
                    .containsEntry("n", 2)
                    .containsEntry("candidates", List.of("data (1f0c-bbbb)", "data (77aa-cccc)"));
        });
        assertThatThrownBy(() -> PICKER.pick("1f0c", THINGS)).satisfies(e -> code(e, "pick.ambiguous"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PICKER.pick("nothing", THINGS)).satisfies(e -> code(e, "thing.unknown"));
        // Three digits of an ID are too few to mean anything.
        assertThatThrownBy(() -> PICKER.pick("88b", THINGS)).satisfies(e -> code(e, "thing.unknown"));
    }

    private static void code(Throwable thrown, String code) {
        assertThat(((ProblemException) thrown).problem().code()).isEqualTo(code);
    }
}
