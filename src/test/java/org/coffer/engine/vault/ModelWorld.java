package org.coffer.engine.vault;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the state of a {@link ProtocolModel} is, and how objects are put and listed in it.
 *
 * <p>A state is an array of bytes: masks of sessions for each kind of object, then the writers, then the collectors. It is
 * never changed, only copied.
 */
class ModelWorld {
    static final int SESSION = 0;
    static final int COMMIT = 1;
    static final int GONE = 2;
    static final int ASK = 3;
    static final int SPENT = 4;
    /** Packs of all sessions but the first. */
    static final int PACK = 5;
    /** Copies of the first backup's pack: bit 0 is generation 0, then generation by generation one for each collector. */
    static final int COPIES = 6;

    static final int CONDEMNED = 7;
    /** Puts that may still arrive: of session, commit, gone, pack, copies, condemned. */
    static final int LATE = 8;

    static final int PURGED = 14;
    static final int REPORTED = 15;
    static final int GONE_BY_PURGE = 16;
    static final int FAULTS = 17;
    /** Not yet listed: session, commit, gone, pack, condemned; and packs that are deleted and still listed. */
    static final int UNSEEN = 18;

    static final int GHOSTS = 23;
    static final int ASKER = 24;
    static final int CRASHES = 25;
    /** Two bits for each copy: which blocks it has. */
    static final int CONTENT = 26;

    /** Not 0 if one name was used for two contents. */
    static final int TWICE = 28;

    /** Backups of which it is not promised that they have the block that was damaged from the start. */
    static final int HIT = 29;

    /** Somebody said that the first pack is damaged, or put a copy of it that may lack something. */
    static final int FOUND = 30;

    /** That block was put right once. */
    static final int HEALED = 31;

    /** What nobody can read just now: 0 nothing, else 1 + 8 · kind + number. */
    static final int BLIND = 32;

    static final int BLINDS = 33;

    static final int ACTORS = 34;

    // The kinds of objects, as in WHAT.
    static final int OF_SESSION = 0;
    static final int OF_COMMIT = 1;
    /** Planted by somebody without the key: it never was one. */
    static final int OF_GONE = 2;

    static final int OF_COPY = 4;
    static final int OF_CONDEMNED = 5;
    /** What a commit uses; there as long as the commit is. */
    static final int OF_USES = 6;

    static final int W_PC = 0;
    static final int W_CONDEMNED = 1;
    static final int W_BLOCKS = 2;
    static final int W_USED = 3;
    static final int W_ADOPTED = 4;
    static final int W_CHOICE = 5;
    static final int WRITER = 6;

    static final int C_PC = 0;
    static final int C_PACKS = 1;
    static final int C_BLOCKS = 2;
    static final int C_A = 3;
    static final int C_USED = 4;
    static final int C_KNOWN = 5;
    static final int C_DEAD = 6;
    static final int C_WAIT = 7;
    static final int C_LIST = 8;
    static final int C_LAGS = 9;
    static final int C_UNSEEN = 10;
    static final int COLLECTOR = 16;

    static final int H_PC = 0;
    static final int H_WAIT = 1;
    static final int H_GONE = 2;
    static final int H_DEAD = 3;
    static final int H_LIST = 4;
    static final int H_COPY = 5;
    static final int HEALER = 6;

    static final int MAY_ADOPT = 0x80;
    static final int GENERATIONS = 2;

    // Where a writer is.
    static final int SETTLE_COMMIT = 1;
    static final int SETTLE_ASK = 2;
    static final int SETTLE_GONE = 3;
    static final int DISMISS = 4;
    static final int SETTLE_TIDY = 8;
    static final int BEGIN = 10;
    static final int PUT_PACK = 31;
    static final int PUT_COMMIT = 33;
    static final int GET_ASK = 34;
    static final int PUT_GONE = 35;
    static final int TIDY = 37;
    static final int UNKNOWN = 38;
    static final int FAILED = 40;
    static final int DONE = 41;
    static final int DEAD = 42;

    static final String[] WHAT = {"session", "commit", "gone", "pack", "copy", "condemned", "uses"};

    final ModelScope scope;
    final Protocol protocol;
    final int sessions;
    final int length;
    final int collectorsAt;
    final int healerAt;
    /** Who may make copies of the first pack: the collectors, then the healer. */
    final int creators;

    final int blocks;
    /** What the list that is being taken shows of objects that lists may not show yet, or any more. */
    private int shown;

    ModelWorld(ModelScope scope, Protocol protocol) {
        this.scope = scope;
        this.protocol = protocol;
        this.sessions = scope.sessions();
        this.collectorsAt = ACTORS + WRITER * scope.writers();
        this.healerAt = collectorsAt + COLLECTOR * scope.collectors();
        this.creators = scope.collectors() + (scope.heals() ? 1 : 0);
        this.length = healerAt + (scope.heals() ? HEALER : 0);
        this.blocks = scope.blocks() == 2 ? 3 : 1;
    }

    static int get(byte[] s, int at) {
        return s[at] & 0xff;
    }

    static boolean has(byte[] s, int at, int bit) {
        return (s[at] >> bit & 1) != 0;
    }

    static byte[] with(byte[] s, int at, int value) {
        byte[] copy = s.clone();
        copy[at] = (byte) value;
        return copy;
    }

    int writerAt(int writer) {
        return ACTORS + WRITER * writer;
    }

    int collectorAt(int collector) {
        return collectorsAt + COLLECTOR * collector;
    }

    /** Which session a writer writes. */
    int sessionOf(int writer) {
        int drawn = scope.firstWriter() + writer;
        return successor(writer) ? protocol.sessionOfResumed(scope.firstWriter(), drawn) : drawn;
    }

    boolean successor(int writer) {
        return scope.adopts() && writer == scope.writers() - 1;
    }

    int content(byte[] s, int copy) {
        return (get(s, CONTENT) | get(s, CONTENT + 1) << 8) >> (2 * copy) & 3;
    }

    Copy copy(int index) {
        return index == 0 ? new Copy(0, 7) : new Copy(1 + (index - 1) / creators, (index - 1) % creators);
    }

    /** Objects of a kind that cannot be read just now, a bit each. */
    static int blind(byte[] s, int kind) {
        int blind = get(s, BLIND) - 1;
        return blind >= 0 && blind / 8 == kind ? 1 << blind % 8 : 0;
    }

    /** Copies of the first pack that can be read. */
    static int readable(byte[] s) {
        return get(s, COPIES) & ~blind(s, OF_COPY);
    }

    /** The generation of a new copy of the first pack; above {@link #GENERATIONS} if there is no room for one here. */
    int generation(byte[] s, int best) {
        Set<Integer> taken = new HashSet<>();
        Set<Integer> closed = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            if (has(s, COPIES, i)) {
                taken.add(copy(i).generation());
                if ((readable(s) >> i & 1) == 0) {
                    closed.add(copy(i).generation());
                }
            }
        }
        return protocol.generation(best < 0 ? 0 : copy(best).generation(), closed, taken)
                .orElse(Integer.MAX_VALUE);
    }

    /** Whether a copy that does not open is above the best one that does. */
    boolean closedAbove(byte[] s, int best) {
        for (int i = 0; i < 8; i++) {
            if ((blind(s, OF_COPY) >> i & 1) != 0 && has(s, COPIES, i) && copy(i).compareTo(copy(best)) > 0) {
                return true;
            }
        }
        return false;
    }

    static void deleteCopies(byte[] to, int copies) {
        if ((blind(to, OF_COPY) & copies) != 0) {
            to[BLIND] = 0;
        }
        to[COPIES] &= (byte) ~copies;
    }

    /** The copy that a reader takes; -1 if there is none. */
    int best(int copies) {
        int best = -1;
        for (int i = 0; i < 8; i++) {
            if ((copies >> i & 1) != 0 && (best < 0 || protocol.preferred(copy(i), copy(best)))) {
                best = i;
            }
        }
        return best;
    }

    boolean stored(byte[] s, int pack) {
        return pack == 0 ? s[COPIES] != 0 : has(s, PACK, pack);
    }

    /** Packs that a commit refers to: for block x in the low four bits, for y in the high ones; 0 none, else pack + 1. */
    int choice(byte[] s, int session) {
        if (session == 0) {
            return blocks == 3 ? 0x11 : 1;
        }
        if (session < scope.firstWriter()) {
            return 1;
        }
        // Whoever is beyond its commit counts first: two have one name where a rule is missing.
        for (int from : new int[] {PUT_COMMIT + 1, PUT_PACK}) {
            for (int w = 0; w < scope.writers(); w++) {
                int at = writerAt(w);
                if (sessionOf(w) == session && s[at + W_PC] >= from && s[at + W_CHOICE] != 0) {
                    return get(s, at + W_CHOICE);
                }
            }
        }
        return 0;
    }

    int usedBy(byte[] s, int commits) {
        int used = 0;
        for (int session = 0; session < sessions; session++) {
            if ((commits >> session & 1) != 0) {
                int choice = choice(s, session);
                used |= (choice & 15) != 0 ? 1 << ((choice & 15) - 1) : 0;
                used |= choice >> 4 != 0 ? 1 << ((choice >> 4) - 1) : 0;
            }
        }
        return used;
    }

    /** Blocks of the first pack that commits refer to. */
    int referred(byte[] s, int commits) {
        int referred = 0;
        for (int session = 0; session < sessions; session++) {
            if ((commits >> session & 1) != 0) {
                int choice = choice(s, session);
                referred |= ((choice & 15) == 1 ? 1 : 0) | (choice >> 4 == 1 ? 2 : 0);
            }
        }
        return referred;
    }

    static int objects(int kind) {
        return switch (kind) {
            case 0 -> SESSION;
            case 1 -> COMMIT;
            case 2 -> GONE;
            case 3 -> PACK;
            case 4 -> COPIES;
            default -> CONDEMNED;
        };
    }

    byte[] put(byte[] s, int kind, int number) {
        byte[] to = s.clone();
        int at = objects(kind);
        if (!has(to, at, number) && scope.stale() && kind != 4) {
            int unseen = UNSEEN + (kind == 5 ? 4 : kind);
            to[unseen] |= (byte) (1 << number);
        }
        if (scope.heals()) {
            if (kind == 0 && to[FOUND] == 0) {
                to[HIT] |= (byte) (1 << number);
            }
            if (kind == 4 || (kind == 5 && number == scope.collectors())) {
                to[FOUND] = 1;
            }
            if (kind == 4 && (content(to, number) & 2) != 0) {
                to[HEALED] = 1;
            }
        }
        to[at] |= (byte) (1 << number);
        return to;
    }

    void put(byte[] s, int kind, int number, String who, Outcome outcome, Explorer.Step step) {
        String name = WHAT[kind] + "/" + (kind == 4 ? copy(number).toString() : number);
        if (kind == OF_GONE && (blind(s, OF_GONE) >> number & 1) != 0) {
            step.to(outcome.unknown(s.clone()), who, "cannot put " + name + ", because something else has that name");
            return;
        }
        if (kind == OF_COPY && s[BLINDS] > 0 && s[BLIND] == 0) {
            byte[] damaged = put(s, kind, number);
            damaged[BLINDS]--;
            damaged[BLIND] = (byte) (1 + 8 * OF_COPY + number);
            damaged[HEALED] = s[HEALED];
            step.to(outcome.known(damaged), who, "puts " + name + ", and it comes to be damaged");
        }
        step.to(outcome.known(put(s, kind, number)), who, "puts " + name);
        if (s[FAULTS] > 0) {
            byte[] twice = put(s, kind, number);
            twice[FAULTS]--;
            twice[LATE + kind] |= (byte) (1 << number);
            step.to(outcome.known(twice), who, "puts " + name + ", which will come again");
            byte[] unknown = s.clone();
            unknown[FAULTS]--;
            unknown[LATE + kind] |= (byte) (1 << number);
            step.to(outcome.unknown(unknown), who, "puts " + name + " and gets no answer");
        }
    }

    int listed(byte[] s, int kind) {
        int certain = get(s, objects(kind));
        if (scope.stale() && kind != 4) {
            certain = (certain & ~get(s, UNSEEN + (kind == 5 ? 4 : kind))) | shown;
        }
        return certain;
    }

    /** What a put leads to: all is well, or it comes again later, or nobody knows and it comes later or never. */
    interface Outcome {
        byte[] known(byte[] to);

        byte[] unknown(byte[] to);
    }

    /** Takes a step that lists objects of a kind once for each answer that a lagging store may give. */
    void listing(byte[] s, int kind, Runnable once) {
        int doubtful = 0;
        if (scope.stale() && kind >= 0) {
            doubtful = (get(s, objects(kind)) & get(s, UNSEEN + (kind == 5 ? 4 : kind)))
                    | (kind == 3 ? get(s, GHOSTS) : 0);
        }
        for (int extra = doubtful; ; extra = extra - 1 & doubtful) {
            shown = extra;
            once.run();
            if (extra == 0) {
                return;
            }
        }
    }

    static Outcome moving(int at, int known, int unknown) {
        return new Outcome() {
            @Override
            public byte[] known(byte[] to) {
                to[at] = (byte) known;
                return to;
            }

            @Override
            public byte[] unknown(byte[] to) {
                to[at] = (byte) unknown;
                return to;
            }
        };
    }

    int condemnedPacks(byte[] s, int known) {
        int packs = 0;
        for (int c = 0; c < scope.collectors(); c++) {
            packs |= (known >> c & 1) != 0 ? get(s, collectorAt(c) + C_PACKS) : 0;
        }
        // Whoever found the damage condemned the first pack as a whole.
        return packs | (known >> scope.collectors() & 1);
    }

    /** Whether the writer of a pack put a block there. */
    boolean holds(byte[] s, int pack, int block) {
        for (int w = 0; w < scope.writers(); w++) {
            int choice = get(s, writerAt(w) + W_CHOICE);
            if (s[writerAt(w)] >= PUT_PACK && (choice >> (4 * block) & 15) == pack + 1) {
                return true;
            }
        }
        return false;
    }

    int condemnedBlocks(byte[] s, int known) {
        int found = 0;
        for (int c = 0; c < scope.collectors(); c++) {
            found |= (known >> c & 1) != 0 ? get(s, collectorAt(c) + C_BLOCKS) : 0;
        }
        return found;
    }

    /** One step of a dismissal; a writer's place or the asker's goes on with it. */
    void dismiss(byte[] s, int target, int index, String who, int at, Explorer.Step step) {
        boolean asker = at == ASKER;
        List<Protocol.Dismissal> order = protocol.dismissal();
        int after = asker ? target << 4 | (index + 1 == order.size() ? 15 : index + 2) : get(s, at) + 1;
        switch (order.get(index)) {
            case PUT_ASK -> {
                byte[] to = with(s, at, after);
                to[ASK] |= (byte) (1 << target);
                step.to(to, who, "puts ask/" + target);
            }
            case GET_COMMIT -> {
                boolean there = has(s, COMMIT, target);
                int ended = asker ? 15 : BEGIN;
                step.to(with(s, at, there ? ended : after), who, "gets commit/" + target + (there ? "" : ": none"));
            }
            case PUT_GONE -> {
                if ((blind(s, OF_GONE) >> target & 1) != 0) {
                    return;
                }
                byte[] to = put(s, 2, target);
                to[at] = (byte) (asker ? 15 : BEGIN);
                step.to(to, who, "puts gone/" + target);
            }
        }
    }

    byte[] ended(byte[] s, int at, int pc) {
        s[at] = (byte) pc;
        Arrays.fill(s, at + 1, at + W_CHOICE, (byte) 0);
        return s;
    }
}
