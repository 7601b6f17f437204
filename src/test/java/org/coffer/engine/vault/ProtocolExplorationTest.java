package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Explores the protocol exhaustively in small worlds: every order of every step of every actor. {@code docs/vault-format.md}
 * says what the columns mean and has the numbers measured.
 */
class ProtocolExplorationTest {
    private static final int LIMIT = 60_000_000;

    /**
     * @param adopt whether the last writer is the first one's successor
     * @param ask whether anybody may dismiss anybody
     * @param deletes the backups that a person may delete, a bit each
     * @param blocks 2: packs can be repacked
     * @param faults puts whose outcome is unknown, that come late or twice
     * @param lag whether lists may lag
     * @param states how many there are: a change of this number is a change of the protocol or of the model
     */
    @ParameterizedTest(name = "{0} writers, {1} collectors: {8} states")
    @CsvSource(textBlock = """
        writers, collectors, adopt, ask, deletes, blocks, faults, lag, states
        2, 1, false, true, 3, 1, 0, false, 72051
        2, 1, true, false, 1, 1, 2, false, 1465855
        2, 1, true, true, 1, 1, 0, false, 266141
        2, 2, false, false, 7, 1, 0, false, 579820
        2, 2, true, false, 1, 1, 0, false, 1254187
        3, 1, true, false, 1, 1, 0, false, 692299
        1, 2, false, false, 1, 2, 1, false, 378560
        2, 2, false, false, 1, 2, 0, false, 888781
        2, 1, true, false, 1, 1, 0, true, 192706
        1, 2, false, false, 1, 1, 1, true, 763454
        """, useHeadersInDisplayName = true)
    void noOrderOfEventsLosesABackup(
            int writers,
            int collectors,
            boolean adopt,
            boolean ask,
            int deletes,
            int blocks,
            int faults,
            boolean lag,
            int states) {
        explore(scope(writers, collectors, adopt, ask, deletes, blocks, faults, lag), states);
    }

    @ParameterizedTest(name = "{0} writers, {1} collectors: {8} states")
    @Tag("long")
    @CsvSource(textBlock = """
        writers, collectors, adopt, ask, deletes, blocks, faults, lag, states
        2, 2, true, false, 1, 1, 1, false, 14987653
        2, 2, true, true, 1, 1, 0, false, 13511619
        3, 1, true, true, 1, 1, 0, false, 9646802
        3, 1, true, false, 1, 1, 1, false, 9368136
        2, 2, false, false, 1, 2, 1, false, 14265880
        2, 2, true, false, 1, 2, 0, false, 13127454
        1, 3, false, false, 1, 2, 0, false, 5961271
        2, 2, true, false, 1, 1, 0, true, 54742872
        """, useHeadersInDisplayName = true)
    void noOrderOfEventsLosesABackupInALargerWorld(
            int writers,
            int collectors,
            boolean adopt,
            boolean ask,
            int deletes,
            int blocks,
            int faults,
            boolean lag,
            int states) {
        explore(scope(writers, collectors, adopt, ask, deletes, blocks, faults, lag), states);
    }

    /** Here the last collector begins when all others are over or dead. */
    @ParameterizedTest(name = "{0} writers, {1} collectors: {6} states")
    @CsvSource(textBlock = """
        writers, collectors, adopt, ask, blocks, deaths, states
        2, 2, true, true, 1, 1, 644563
        2, 2, false, false, 2, 1, 106588
        2, 2, true, false, 2, 2, 1053516
        """, useHeadersInDisplayName = true)
    void aCollectorThatFinishesLeavesNothingThatNobodyUses(
            int writers, int collectors, boolean adopt, boolean ask, int blocks, int deaths, int states) {
        explore(scope(writers, collectors, adopt, ask, 3, blocks, 0, false).cleaning(deaths), states);
    }

    /** Here a block of the first pack is damaged from the start, and somebody heals it beside everything else. */
    @ParameterizedTest(name = "{0} writers, {1} collectors: {3} states")
    @CsvSource(textBlock = """
        writers, collectors, deletes, states
        1, 1, 3, 37562
        2, 1, 1, 335130
        1, 2, 1, 211037
        """, useHeadersInDisplayName = true)
    void noOrderOfEventsLosesWhatHealingPutRight(int writers, int collectors, int deletes, int states) {
        explore(scope(writers, collectors, false, false, deletes, 2, 0, false).healing(), states);
    }

    @ParameterizedTest(name = "{0} writers, {1} collectors: {3} states")
    @Tag("long")
    @CsvSource(textBlock = """
        writers, collectors, deletes, states
        2, 2, 1, 8262321
        2, 1, 7, 5977827
        """, useHeadersInDisplayName = true)
    void noOrderOfEventsLosesWhatHealingPutRightInALargerWorld(int writers, int collectors, int deletes, int states) {
        explore(scope(writers, collectors, false, false, deletes, 2, 0, false).healing(), states);
    }

    /**
     * Here one object becomes unreadable for a while or for ever, somebody without the key plants a marker, or a copy comes
     * to be damaged when it is put.
     */
    @ParameterizedTest(name = "{0} writers, {1} collectors: {5} states")
    @CsvSource(textBlock = """
        writers, collectors, ask, deletes, blocks, states
        1, 1, true, 1, 1, 18653
        2, 1, false, 3, 1, 122837
        1, 2, false, 1, 2, 527832
        """, useHeadersInDisplayName = true)
    void noOrderOfEventsLosesABackupWhileSomethingCannotBeRead(
            int writers, int collectors, boolean ask, int deletes, int blocks, int states) {
        explore(
                scope(writers, collectors, false, ask, deletes, blocks, 0, false)
                        .withBlinds(1),
                states);
    }

    static ModelScope scope(
            int writers, int collectors, boolean adopt, boolean ask, int deletes, int blocks, int faults, boolean lag) {
        return new ModelScope(
                blocks - 1, writers, adopt, blocks, collectors, ask, deletes, faults, lag, 0, false, false, 0);
    }

    private static void explore(ModelScope scope, int states) {
        Explorer.Found found = new Explorer(new ProtocolModel(scope, Protocol.STANDARD), LIMIT).explore();
        System.out.printf("%s%n%,d states, depth %d%n", scope, found.states(), found.depth());

        assertThat(found.broken()).as(found.story()).isNull();
        assertThat(found.states()).isEqualTo(states);
    }
}
