package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds for each state of a {@link ProtocolModel} the one that stands for all that differ only by names. */
final class ModelFolding extends ModelWorld {
    private static final int[] BY_SESSION = {
        SESSION,
        COMMIT,
        GONE,
        ASK,
        SPENT,
        PACK,
        LATE,
        LATE + 1,
        LATE + 2,
        LATE + 3,
        PURGED,
        REPORTED,
        GONE_BY_PURGE,
        UNSEEN,
        UNSEEN + 1,
        UNSEEN + 2,
        UNSEEN + 3,
        GHOSTS,
        HIT
    };

    private final List<int[]> foldings = new ArrayList<>();

    ModelFolding(ModelScope scope, Protocol protocol) {
        super(scope, protocol);
        foldings();
    }

    /** A folding: for each session its new number, then for each collector. */
    private void foldings() {
        int first = scope.firstWriter();
        int alike = scope.adopts() ? scope.writers() - 1 : scope.writers();
        // The first writer has a successor, so it is like nobody else.
        int from = scope.adopts() ? 1 : 0;
        for (int i = from; i < alike; i++) {
            for (int j = i + 1; j < alike; j++) {
                int[] map = identity();
                map[first + i] = first + j;
                map[first + j] = first + i;
                foldings.add(map);
            }
        }
        int collectors = scope.last() ? scope.collectors() - 1 : scope.collectors();
        List<int[]> both = new ArrayList<>();
        for (int i = 0; i < collectors && blocks == 1; i++) {
            for (int j = i + 1; j < collectors; j++) {
                int[] map = identity();
                map[sessions + i] = j;
                map[sessions + j] = i;
                both.add(map);
                for (int[] writers : foldings) {
                    int[] joined = writers.clone();
                    joined[sessions + i] = j;
                    joined[sessions + j] = i;
                    both.add(joined);
                }
            }
        }
        foldings.addAll(both);
    }

    private int[] identity() {
        int[] map = new int[sessions + scope.collectors()];
        for (int i = 0; i < sessions; i++) {
            map[i] = i;
        }
        for (int c = 0; c < scope.collectors(); c++) {
            map[sessions + c] = c;
        }
        return map;
    }

    byte[] folded(byte[] state) {
        byte[] least = state;
        for (int[] map : foldings) {
            byte[] other = folded(state, map);
            if (Arrays.compare(other, least) < 0) {
                least = other;
            }
        }
        return least;
    }

    private byte[] folded(byte[] s, int[] map) {
        byte[] to = s.clone();
        for (int at : BY_SESSION) {
            to[at] = bySession(get(s, at), map);
        }
        for (int at : new int[] {CONDEMNED, LATE + 5, UNSEEN + 4}) {
            to[at] = byCollector(get(s, at), map);
        }
        int blind = get(s, BLIND) - 1;
        if (blind >= 0 && blind / 8 != OF_COPY) {
            to[BLIND] = (byte) (1 + blind / 8 * 8 + map[blind / 8 == OF_CONDEMNED ? sessions + blind % 8 : blind % 8]);
        }
        int target = get(s, ASKER) >> 4;
        to[ASKER] = (byte) (get(s, ASKER) == 0 ? 0 : map[target] << 4 | (get(s, ASKER) & 15));
        int first = scope.firstWriter();
        for (int w = 0; w < scope.writers(); w++) {
            int from = writerAt(w);
            int at = writerAt(map[first + w] - first);
            to[at] = s[from];
            to[at + W_CONDEMNED] = bySession(get(s, from + W_CONDEMNED), map);
            to[at + W_BLOCKS] = s[from + W_BLOCKS];
            to[at + W_USED] = bySession(get(s, from + W_USED), map);
            to[at + W_ADOPTED] =
                    (byte) (bySession(get(s, from + W_ADOPTED) & 0x7f, map) | (get(s, from + W_ADOPTED) & MAY_ADOPT));
            int choice = get(s, from + W_CHOICE);
            boolean settling = s[from] < PUT_PACK;
            to[at + W_CHOICE] =
                    settling ? s[from + W_CHOICE] : (byte) (pack(choice & 15, map) | pack(choice >> 4, map) << 4);
        }
        for (int c = 0; c < scope.collectors(); c++) {
            int from = collectorAt(c);
            int at = collectorAt(map[sessions + c]);
            System.arraycopy(s, from, to, at, COLLECTOR);
            for (int field : new int[] {C_PACKS, C_USED, C_WAIT}) {
                to[at + field] = bySession(get(s, from + field), map);
            }
            to[at + C_KNOWN] = byCollector(get(s, from + C_KNOWN), map);
            int pc = get(s, from);
            if (blocks == 1 && pc != 11 && pc != 16) {
                to[at + C_LIST] = byCollector(get(s, from + C_LIST), map);
            }
            if (pc < 13 || pc > 16) {
                to[at + C_A] = bySession(get(s, from + C_A), map);
            }
            for (int i = 0; i < 6; i++) {
                int seen = get(s, from + C_UNSEEN + i);
                to[at + C_UNSEEN + i] = i == 4 ? byCollector(seen, map) : bySession(seen, map);
            }
        }
        if (scope.heals()) {
            for (int field : new int[] {H_WAIT, H_GONE}) {
                to[healerAt + field] = bySession(get(s, healerAt + field), map);
            }
        }
        return to;
    }

    private static int pack(int choice, int[] map) {
        return choice == 0 ? 0 : map[choice - 1] + 1;
    }

    private byte bySession(int mask, int[] map) {
        int mapped = 0;
        for (int i = 0; i < sessions; i++) {
            mapped |= (mask >> i & 1) << map[i];
        }
        return (byte) mapped;
    }

    private byte byCollector(int mask, int[] map) {
        // Behind the collectors stands what the finder of the damage condemned.
        int mapped = mask & 1 << scope.collectors();
        for (int c = 0; c < scope.collectors(); c++) {
            mapped |= (mask >> c & 1) << map[sessions + c];
        }
        return (byte) mapped;
    }
}
