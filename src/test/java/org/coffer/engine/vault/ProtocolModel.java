package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol as a machine of small steps: each put, each delete, each list and each get of an object is one. What the
 * actors do then, they ask {@link Protocol}: the functions of the engine itself.
 *
 * <p><b>World.</b> See {@link ModelScope}. Whoever stops for ever (a crash) is somebody whose turn does not come any more,
 * so every crash at every step is explored without a step of its own; and whoever goes on after others took him for dead
 * (a zombie) is somebody whose turn comes late. A put may be applied and applied again later, or fail for the one who put
 * and be applied later or never. Lists may lag: an object that was put shows in lists only after it became visible, which
 * a pause of one lag forces for all that was put before the pause.
 *
 * <p><b>Left out</b>, each time to the side of more danger: that open sessions are not proposed for deleting; that a writer
 * passes over packs that are not listed; that indexes may be missing (every block ever stored is always found). Session,
 * commit and the packs' contents are what they were written as; damage is for other tests.
 *
 * <p><b>State.</b> An array of bytes: masks of sessions for each kind of object, then the actors. {@code 0xff & state[i]}
 * is read by {@link #get}.
 */
final class ProtocolModel implements Explorer.Model {
    private static final int SESSION = 0;
    private static final int COMMIT = 1;
    private static final int GONE = 2;
    private static final int ASK = 3;
    private static final int SPENT = 4;
    /** Packs of all sessions but the first. */
    private static final int PACK = 5;
    /** Copies of the first backup's pack: bit 0 is generation 0, then generation by generation one for each collector. */
    private static final int COPIES = 6;

    private static final int CONDEMNED = 7;
    /** Puts that may still arrive: of session, commit, gone, pack, copies, condemned. */
    private static final int LATE = 8;

    private static final int PURGED = 14;
    private static final int REPORTED = 15;
    private static final int GONE_BY_PURGE = 16;
    private static final int FAULTS = 17;
    /** Not yet listed: session, commit, gone, pack, condemned; and packs that are deleted and still listed. */
    private static final int UNSEEN = 18;

    private static final int GHOSTS = 23;
    private static final int ASKER = 24;
    private static final int CRASHES = 25;
    /** Two bits for each copy: which blocks it has. */
    private static final int CONTENT = 26;

    /** Not 0 if one name was used for two contents. */
    private static final int TWICE = 28;

    private static final int ACTORS = 29;

    private static final int W_PC = 0;
    private static final int W_CONDEMNED = 1;
    private static final int W_BLOCKS = 2;
    private static final int W_USED = 3;
    private static final int W_ADOPTED = 4;
    private static final int W_CHOICE = 5;
    private static final int WRITER = 6;

    private static final int C_PC = 0;
    private static final int C_PACKS = 1;
    private static final int C_BLOCKS = 2;
    private static final int C_A = 3;
    private static final int C_USED = 4;
    private static final int C_KNOWN = 5;
    private static final int C_DEAD = 6;
    private static final int C_WAIT = 7;
    private static final int C_LIST = 8;
    private static final int C_LAGS = 9;
    private static final int C_UNSEEN = 10;
    private static final int COLLECTOR = 16;

    private static final int MAY_ADOPT = 0x80;
    private static final int GENERATIONS = 2;

    // Where a writer is.
    private static final int SETTLE_COMMIT = 1;
    private static final int SETTLE_ASK = 2;
    private static final int SETTLE_GONE = 3;
    private static final int DISMISS = 4;
    private static final int SETTLE_TIDY = 8;
    private static final int BEGIN = 10;
    private static final int PUT_PACK = 31;
    private static final int PUT_COMMIT = 33;
    private static final int GET_ASK = 34;
    private static final int PUT_GONE = 35;
    private static final int TIDY = 37;
    private static final int UNKNOWN = 38;
    private static final int FAILED = 40;
    private static final int DONE = 41;
    private static final int DEAD = 42;

    private static final String[] WHAT = {"session", "commit", "gone", "pack", "copy", "condemned"};

    private enum Micro {
        PUT_SESSION,
        LIST_CONDEMNED,
        LIST_GONE,
        LIST_COMMITS,
        GET_SPENT,
        LIST_ADOPTED
    }

    private final ModelScope scope;
    private final Protocol protocol;
    private final int sessions;
    private final int length;
    private final int collectorsAt;
    private final int blocks;
    private final List<List<Micro>> beginnings = new ArrayList<>();
    private final List<int[]> foldings = new ArrayList<>();
    /** What the list that is being taken shows of objects that lists may not show yet, or any more. */
    private int shown;

    ProtocolModel(ModelScope scope, Protocol protocol) {
        this.scope = scope;
        this.protocol = protocol;
        this.sessions = scope.sessions();
        this.collectorsAt = ACTORS + WRITER * scope.writers();
        this.length = collectorsAt + COLLECTOR * scope.collectors();
        this.blocks = scope.blocks() == 2 ? 3 : 1;
        for (int w = 0; w < scope.writers(); w++) {
            beginnings.add(steps(w));
        }
        foldings();
    }

    // ---- the world at the start

    @Override
    public byte[] first() {
        byte[] s = new byte[length];
        s[COMMIT] = (byte) ((1 << scope.firstWriter()) - 1);
        s[REPORTED] = s[COMMIT];
        s[COPIES] = 1;
        s[CONTENT] = (byte) blocks;
        s[FAULTS] = (byte) scope.faults();
        s[CRASHES] = (byte) scope.crashes();
        return s;
    }

    private static int get(byte[] s, int at) {
        return s[at] & 0xff;
    }

    private static boolean has(byte[] s, int at, int bit) {
        return (s[at] >> bit & 1) != 0;
    }

    private static byte[] with(byte[] s, int at, int value) {
        byte[] copy = s.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private int writerAt(int writer) {
        return ACTORS + WRITER * writer;
    }

    private int collectorAt(int collector) {
        return collectorsAt + COLLECTOR * collector;
    }

    /** Which session a writer writes. */
    private int sessionOf(int writer) {
        int drawn = scope.firstWriter() + writer;
        return successor(writer) ? protocol.sessionOfResumed(scope.firstWriter(), drawn) : drawn;
    }

    private boolean successor(int writer) {
        return scope.adopts() && writer == scope.writers() - 1;
    }

    private int content(byte[] s, int copy) {
        return (get(s, CONTENT) | get(s, CONTENT + 1) << 8) >> (2 * copy) & 3;
    }

    private Copy copy(int index) {
        return index == 0
                ? new Copy(0, 7)
                : new Copy(1 + (index - 1) / scope.collectors(), (index - 1) % scope.collectors());
    }

    /** The copy that a reader takes; -1 if there is none. */
    private int best(int copies) {
        int best = -1;
        for (int i = 0; i < 8; i++) {
            if ((copies >> i & 1) != 0 && (best < 0 || protocol.preferred(copy(i), copy(best)))) {
                best = i;
            }
        }
        return best;
    }

    private boolean stored(byte[] s, int pack) {
        return pack == 0 ? s[COPIES] != 0 : has(s, PACK, pack);
    }

    /** Packs that a commit refers to: for block x in the low four bits, for y in the high ones; 0 none, else pack + 1. */
    private int choice(byte[] s, int session) {
        if (session == 0) {
            return blocks == 3 ? 0x11 : 1;
        }
        if (session < scope.firstWriter()) {
            return 1;
        }
        for (int w = 0; w < scope.writers(); w++) {
            int at = writerAt(w);
            if (sessionOf(w) == session && s[at + W_PC] > PUT_COMMIT && s[at + W_CHOICE] != 0) {
                return get(s, at + W_CHOICE);
            }
        }
        return 0;
    }

    private int usedBy(byte[] s, int commits) {
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
    private int referred(byte[] s, int commits) {
        int referred = 0;
        for (int session = 0; session < sessions; session++) {
            if ((commits >> session & 1) != 0) {
                int choice = choice(s, session);
                referred |= ((choice & 15) == 1 ? 1 : 0) | (choice >> 4 == 1 ? 2 : 0);
            }
        }
        return referred;
    }

    // ---- promises

    @Override
    public @Nullable String broken(byte[] s) {
        for (int session = 0; session < sessions; session++) {
            boolean valid = protocol.valid(has(s, COMMIT, session), has(s, GONE, session));
            if (valid && !whole(s, session)) {
                return "backup " + session + " is valid, and a block of it is nowhere";
            }
            if (has(s, REPORTED, session) && !has(s, PURGED, session) && !valid) {
                return "backup " + session + " was reported as a success, and is gone though nobody deleted it";
            }
            if (has(s, PURGED, session) && valid) {
                return "backup " + session + " was deleted, and came back";
            }
        }
        if (s[TWICE] != 0) {
            return "one name was used for two contents";
        }
        return scope.last() ? garbage(s) : null;
    }

    private boolean whole(byte[] s, int session) {
        int choice = choice(s, session);
        for (int block = 0; block < 2; block++) {
            int pack = (choice >> (4 * block) & 15) - 1;
            if (pack == 0) {
                int best = best(get(s, COPIES));
                if (best < 0 || (content(s, best) >> block & 1) == 0) {
                    return false;
                }
            } else if (pack > 0 && !has(s, PACK, pack)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String garbage(byte[] s) {
        int last = collectorAt(scope.collectors() - 1);
        if (s[last + C_PC] != 30) {
            return null;
        }
        int valid = get(s, COMMIT) & ~get(s, GONE);
        int used = usedBy(s, valid);
        for (int pack = 0; pack < sessions; pack++) {
            if (stored(s, pack) && has(s, GONE, pack) && (used >> pack & 1) == 0) {
                return "a collector finished and left pack " + pack + ", which nobody uses";
            }
        }
        int best = best(get(s, COPIES));
        if (best >= 0 && has(s, GONE, 0) && (content(s, best) & ~referred(s, valid)) != 0) {
            return "a collector finished and left a block that nobody uses";
        }
        return null;
    }

    // ---- what can happen next

    @Override
    public void next(byte[] s, Explorer.Step step) {
        late(s, step);
        for (int session = 0; session < sessions; session++) {
            boolean late = scope.last() && s[collectorAt(scope.collectors() - 1)] != 0;
            if ((scope.purges() >> session & 1) != 0
                    && !late
                    && has(s, REPORTED, session)
                    && !has(s, PURGED, session)
                    && protocol.valid(has(s, COMMIT, session), has(s, GONE, session))) {
                byte[] to = put(s, 2, session);
                to[PURGED] |= (byte) (1 << session);
                to[GONE_BY_PURGE] |= (byte) (1 << session);
                step.to(to, "a person", "deletes backup " + session + ": puts gone/" + session);
            }
        }
        if (scope.asker()) {
            asker(s, step);
        }
        for (int w = 0; w < scope.writers(); w++) {
            writer(s, w, step);
        }
        for (int c = 0; c < scope.collectors(); c++) {
            collector(s, c, step);
        }
    }

    private static int objects(int kind) {
        return switch (kind) {
            case 0 -> SESSION;
            case 1 -> COMMIT;
            case 2 -> GONE;
            case 3 -> PACK;
            case 4 -> COPIES;
            default -> CONDEMNED;
        };
    }

    private byte[] put(byte[] s, int kind, int number) {
        byte[] to = s.clone();
        int at = objects(kind);
        if (!has(to, at, number) && scope.stale() && kind != 4) {
            int unseen = UNSEEN + (kind == 5 ? 4 : kind);
            to[unseen] |= (byte) (1 << number);
        }
        to[at] |= (byte) (1 << number);
        return to;
    }

    private int listed(byte[] s, int kind) {
        int certain = get(s, objects(kind));
        if (scope.stale() && kind != 4) {
            certain = (certain & ~get(s, UNSEEN + (kind == 5 ? 4 : kind))) | shown;
        }
        return certain;
    }

    /** What a put leads to: all is well, or it comes again later, or nobody knows and it comes later or never. */
    private interface Outcome {
        byte[] known(byte[] to);

        byte[] unknown(byte[] to);
    }

    private void put(byte[] s, int kind, int number, String who, Outcome outcome, Explorer.Step step) {
        String name = WHAT[kind] + "/" + (kind == 4 ? copy(number).toString() : number);
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

    private void late(byte[] s, Explorer.Step step) {
        for (int kind = 0; kind < WHAT.length; kind++) {
            int pending = get(s, LATE + kind);
            for (int number = 0; pending >> number != 0; number++) {
                if ((pending >> number & 1) != 0) {
                    byte[] to = put(s, kind, number);
                    to[LATE + kind] &= (byte) ~(1 << number);
                    step.to(to, "the store", "applies a late put of " + WHAT[kind] + " " + number);
                }
            }
        }
    }

    /** Takes a step that lists objects of a kind once for each answer that a lagging store may give. */
    private void listing(byte[] s, int kind, Runnable once) {
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

    private void asker(byte[] s, Explorer.Step step) {
        int at = get(s, ASKER) & 15;
        int target = get(s, ASKER) >> 4;
        if (at == 0) {
            for (int session = scope.firstWriter(); session < sessions; session++) {
                if (has(s, SESSION, session) && !has(s, COMMIT, session) && !has(s, GONE, session)) {
                    dismiss(with(s, ASKER, session << 4 | 1), session, 0, "somebody", ASKER, step);
                }
            }
        } else if (at < 15) {
            dismiss(s, target, at - 1, "somebody", ASKER, step);
        }
    }

    /** One step of a dismissal; a writer's place or the asker's goes on with it. */
    private void dismiss(byte[] s, int target, int index, String who, int at, Explorer.Step step) {
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
                byte[] to = put(s, 2, target);
                to[at] = (byte) (asker ? 15 : BEGIN);
                step.to(to, who, "puts gone/" + target);
            }
        }
    }

    // ---- writers

    private List<Micro> beginning(int writer) {
        return beginnings.get(writer);
    }

    private List<Micro> steps(int writer) {
        List<Micro> steps = new ArrayList<>();
        for (Protocol.Begin step : protocol.beginning()) {
            switch (step) {
                case PUT_SESSION -> steps.add(Micro.PUT_SESSION);
                case LIST_CONDEMNED -> steps.add(Micro.LIST_CONDEMNED);
                case LOOK_AT_BACKUPS -> steps.addAll(List.of(Micro.LIST_GONE, Micro.LIST_COMMITS));
                case LOOK_AT_ADOPTED -> {
                    if (successor(writer)) {
                        steps.addAll(List.of(Micro.GET_SPENT, Micro.LIST_ADOPTED));
                    }
                }
            }
        }
        return steps;
    }

    private void writer(byte[] s, int w, Explorer.Step step) {
        int at = writerAt(w);
        int session = sessionOf(w);
        int pc = get(s, at);
        String who = "writer " + session;
        if (pc >= FAILED) {
            return;
        }
        if (s[CRASHES] > 0 && pc > 0) {
            byte[] to = dead(s, at);
            to[CRASHES]--;
            step.to(to, who, "dies");
        }
        if (pc == 0) {
            if (!successor(w) || session == scope.firstWriter()) {
                listing(s, beginning(w).getFirst() == Micro.LIST_CONDEMNED ? 5 : -1, () -> begin(s, w, 0, who, step));
            } else if (has(s, SESSION, scope.firstWriter())) {
                settle(s, at, SETTLE_COMMIT, who, step);
                if (s[writerAt(0)] < FAILED) {
                    // As far as it knows the first writer is dead. Here it is; above it lives on.
                    settle(dead(s, writerAt(0)), at, SETTLE_COMMIT, who + " after the first one's death", step);
                }
            }
        } else if (pc >= DISMISS && pc < SETTLE_TIDY) {
            dismiss(s, scope.firstWriter(), pc - DISMISS, who, at, step);
        } else if (pc < BEGIN) {
            settle(s, at, pc, who, step);
        } else if (pc < PUT_PACK) {
            int kind = switch (beginning(w).get(pc - BEGIN)) {
                case LIST_CONDEMNED -> 5;
                case LIST_GONE -> 2;
                case LIST_COMMITS -> 1;
                case LIST_ADOPTED -> 3;
                default -> -1;
            };
            listing(s, kind, () -> begin(s, w, pc - BEGIN, who, step));
        } else {
            publish(s, w, pc, who, step);
        }
    }

    /** Rule 6, about the first writer's session; what was seen so far is in the place of the choice. */
    private void settle(byte[] s, int at, int pc, String who, Explorer.Step step) {
        int old = scope.firstWriter();
        int seen = get(s, at + W_CHOICE);
        switch (pc) {
            case SETTLE_COMMIT -> {
                byte[] to = with(s, at, SETTLE_ASK);
                to[at + W_CHOICE] = (byte) (has(s, COMMIT, old) ? 1 : 0);
                step.to(to, who, "gets commit/" + old);
            }
            case SETTLE_ASK -> {
                byte[] to = with(s, at, SETTLE_GONE);
                to[at + W_CHOICE] = (byte) (seen | (has(s, ASK, old) ? 2 : 0));
                step.to(to, who, "gets ask/" + old);
            }
            case SETTLE_GONE -> {
                byte[] to = with(s, at + W_CHOICE, 0);
                switch (protocol.left((seen & 1) != 0, (seen & 2) != 0, has(s, GONE, old))) {
                    case BACKUP -> {
                        to[at] = SETTLE_TIDY;
                        // Only of a writer that is dead, and gave nothing up, can another say that it succeeded.
                        boolean certain = s[writerAt(0)] == DEAD && !has(s, LATE + 2, old);
                        to[REPORTED] |= (byte) (certain ? 1 << old : 0);
                        step.to(to, who, "finds that " + old + " is a backup" + (certain ? ", and says so" : ""));
                    }
                    case OVER, ASKED -> {
                        to[at] = BEGIN;
                        step.to(to, who, "finds that " + old + " is not its to end");
                    }
                    case OPEN -> {
                        to[at] = DISMISS;
                        step.to(to, who, "finds that " + old + " has to be ended");
                    }
                }
            }
            default -> {
                byte[] to = with(s, at, DONE);
                to[SESSION] &= (byte) ~(1 << old);
                step.to(to, who, "deletes session/" + old);
            }
        }
    }

    private void begin(byte[] s, int w, int index, String who, Explorer.Step step) {
        List<Micro> order = beginning(w);
        int at = writerAt(w);
        int old = scope.firstWriter();
        boolean end = index + 1 == order.size();
        byte[] to = with(s, at, BEGIN + index + 1);
        String what;
        switch (order.get(index)) {
            case PUT_SESSION -> {
                put(
                        s,
                        0,
                        sessionOf(w),
                        who,
                        new Outcome() {
                            @Override
                            public byte[] known(byte[] next) {
                                next[at] = (byte) (BEGIN + index + 1);
                                return next;
                            }

                            @Override
                            public byte[] unknown(byte[] next) {
                                return ended(next, at, DEAD);
                            }
                        },
                        end ? (state, actor, text) -> choose(state, w, actor, text, step) : step);
                return;
            }
            case LIST_CONDEMNED -> {
                int known = listed(s, 5);
                to[at + W_CONDEMNED] = (byte) condemnedPacks(s, known);
                to[at + W_BLOCKS] = (byte) condemnedBlocks(s, known);
                what = "lists condemned: " + Integer.toBinaryString(known);
            }
            case LIST_GONE -> {
                to[at + W_USED] = (byte) listed(s, 2);
                what = "lists gone: " + Integer.toBinaryString(listed(s, 2));
            }
            case LIST_COMMITS -> {
                int valid = listed(s, 1) & get(s, COMMIT) & ~get(s, at + W_USED);
                to[at + W_USED] = (byte) usedBy(s, valid);
                what = "lists commits: " + Integer.toBinaryString(valid) + " are valid";
            }
            case GET_SPENT -> {
                boolean may = protocol.mayAdopt(has(s, GONE, old), has(s, GONE_BY_PURGE, old), has(s, SPENT, old));
                to[at + W_ADOPTED] = (byte) (may ? MAY_ADOPT : 0);
                what = "gets gone and spent of " + old + (may ? ": may adopt" : ": may not adopt");
            }
            case LIST_ADOPTED -> {
                boolean may = (get(s, at + W_ADOPTED) & MAY_ADOPT) != 0;
                to[at + W_ADOPTED] = (byte) (may ? listed(s, 3) & 1 << old : 0);
                what = "lists the packs of " + old;
            }
            default -> throw new IllegalStateException();
        }
        if (end) {
            choose(to, w, who, what, step);
        } else {
            step.to(to, who, what);
        }
    }

    private byte[] dead(byte[] s, int at) {
        return ended(s.clone(), at, DEAD);
    }

    private byte[] ended(byte[] s, int at, int pc) {
        s[at] = (byte) pc;
        Arrays.fill(s, at + 1, at + W_CHOICE, (byte) 0);
        return s;
    }

    /** Decides for every block where it lies: all that the protocol allows, one after the other. */
    private void choose(byte[] s, int w, String who, String what, Explorer.Step step) {
        int at = writerAt(w);
        int own = 1 + protocol.packsNamedAfter(sessionOf(w), scope.firstWriter());
        for (int x = 1; x <= sessions; x++) {
            if (x != own && !allowed(s, w, 0, x - 1)) {
                continue;
            }
            for (int y = blocks == 3 ? 1 : 0; y <= (blocks == 3 ? sessions : 0); y++) {
                if (y != 0 && y != own && !allowed(s, w, 1, y - 1)) {
                    continue;
                }
                byte[] to = ended(s.clone(), at, x == own || y == own ? PUT_PACK : PUT_COMMIT);
                to[at + W_CHOICE] = (byte) (x | y << 4);
                step.to(to, who, what + "; refers to pack " + (x - 1) + (y == 0 ? "" : " and " + (y - 1)));
            }
        }
    }

    private boolean allowed(byte[] s, int w, int block, int pack) {
        int at = writerAt(w);
        // The index knows every block that was ever stored.
        boolean hint = pack == 0 || holds(s, pack, block);
        boolean condemned = has(s, at + W_CONDEMNED, pack) || (pack == 0 && has(s, at + W_BLOCKS, block));
        return hint
                && protocol.mayRefer(
                        pack == sessionOf(w), has(s, at + W_USED, pack), has(s, at + W_ADOPTED, pack), condemned);
    }

    /** Whether the writer of a pack put a block there. */
    private boolean holds(byte[] s, int pack, int block) {
        for (int w = 0; w < scope.writers(); w++) {
            int choice = get(s, writerAt(w) + W_CHOICE);
            if (s[writerAt(w)] >= PUT_PACK && (choice >> (4 * block) & 15) == pack + 1) {
                return true;
            }
        }
        return false;
    }

    private void publish(byte[] s, int w, int pc, String who, Explorer.Step step) {
        int at = writerAt(w);
        int session = sessionOf(w);
        switch (pc) {
            case PUT_PACK ->
                put(
                        s,
                        3,
                        protocol.packsNamedAfter(session, scope.firstWriter()),
                        who,
                        moving(at, PUT_COMMIT, PUT_GONE),
                        step);
            case PUT_COMMIT -> {
                if (has(s, COMMIT, session) || has(s, LATE + 1, session)) {
                    step.to(with(s, TWICE, 1), who, "puts another commit/" + session);
                } else {
                    put(s, 1, session, who, moving(at, GET_ASK, UNKNOWN), step);
                }
            }
            case GET_ASK -> {
                boolean success = protocol.succeeded(has(s, ASK, session));
                byte[] to = with(s, at, success ? TIDY : PUT_GONE);
                to[REPORTED] |= (byte) (success ? 1 << session : 0);
                step.to(to, who, "gets ask/" + session + (success ? ": none, and reports success" : ": asked"));
            }
            case PUT_GONE -> put(s, 2, session, who, moving(at, FAILED, DEAD), step);
            case TIDY -> {
                byte[] to = with(s, at, DONE);
                to[SESSION] &= (byte) ~(1 << session);
                step.to(to, who, "deletes session/" + session);
            }
            default -> {
                step.to(with(s, at, PUT_GONE), who, "gives its commit up");
                byte[] to = put(s, 1, session);
                to[at] = GET_ASK;
                step.to(to, who, "puts commit/" + session + " again");
            }
        }
    }

    private static Outcome moving(int at, int known, int unknown) {
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

    // ---- collectors

    private int condemnedPacks(byte[] s, int known) {
        int packs = 0;
        for (int c = 0; c < scope.collectors(); c++) {
            packs |= (known >> c & 1) != 0 ? get(s, collectorAt(c) + C_PACKS) : 0;
        }
        return packs;
    }

    private int condemnedBlocks(byte[] s, int known) {
        int found = 0;
        for (int c = 0; c < scope.collectors(); c++) {
            found |= (known >> c & 1) != 0 ? get(s, collectorAt(c) + C_BLOCKS) : 0;
        }
        return found;
    }

    private boolean over(byte[] s, int collector) {
        for (int w = 0; w < scope.writers(); w++) {
            int pc = get(s, writerAt(w));
            if (pc < FAILED) {
                return false;
            }
        }
        for (int c = 0; c < collector; c++) {
            if (s[collectorAt(c)] < 30) {
                return false;
            }
        }
        for (int kind = 0; kind < WHAT.length; kind++) {
            if (s[LATE + kind] != 0) {
                return false;
            }
        }
        return !scope.asker() || (get(s, ASKER) & 15) == 15;
    }

    private void collector(byte[] s, int c, Explorer.Step step) {
        int at = collectorAt(c);
        int pc = get(s, at);
        if (pc >= 30 || (pc == 0 && scope.last() && c == scope.collectors() - 1 && !over(s, c))) {
            return;
        }
        String who = "collector " + c;
        if (pc <= 9) {
            int kind = switch (pc) {
                case 0, 8 -> 2;
                case 1, 9 -> 1;
                case 2 -> 5;
                case 5 -> 0;
                default -> -1;
            };
            listing(s, kind, () -> condemn(s, c, at, pc, who, step));
        } else {
            delete(s, c, at, pc, who, step);
        }
    }

    private void condemn(byte[] s, int c, int at, int pc, String who, Explorer.Step step) {
        byte[] to = with(s, at, pc + 1);
        switch (pc) {
            case 0 -> {
                to[at + C_A] = (byte) listed(s, 2);
                step.to(to, who, "lists gone: " + Integer.toBinaryString(listed(s, 2)));
            }
            case 1, 9 -> {
                int valid = listed(s, 1) & get(s, COMMIT) & ~get(s, at + C_A);
                to[at + C_USED] = (byte) usedBy(s, valid);
                to[at + C_DEAD] = (byte) referred(s, valid);
                if (pc == 9) {
                    decide(to, at);
                }
                step.to(to, who, "lists commits: " + Integer.toBinaryString(valid) + " are valid");
            }
            case 2 -> propose(s, c, at, who, step);
            case 3 -> put(s, 5, c, who, moving(at, 4, 31), step);
            case 4 -> lag(s, at, protocol.lagsBeforeSessions(), 5, who, step);
            case 5 -> {
                to[at + C_WAIT] = (byte) listed(s, 0);
                step.to(to, who, "lists sessions: " + Integer.toBinaryString(listed(s, 0)));
            }
            case 6 -> {
                int wait = get(s, at + C_WAIT);
                if (wait == 0) {
                    lag(with(s, at, 7), at, protocol.lagsBeforeLook(), 8, who, step);
                    return;
                }
                int session = Integer.numberOfTrailingZeros(wait);
                if (protocol.ended(has(s, SESSION, session), has(s, COMMIT, session), has(s, GONE, session))) {
                    to[at] = 6;
                    to[at + C_WAIT] = (byte) (wait & wait - 1);
                    step.to(to, who, "sees that session " + session + " has ended");
                }
            }
            case 7 -> lag(s, at, protocol.lagsBeforeLook(), 8, who, step);
            default -> {
                to[at + C_A] = (byte) listed(s, 2);
                step.to(to, who, "lists gone: " + Integer.toBinaryString(listed(s, 2)));
            }
        }
    }

    /** Rules 9 and 14: takes over what is condemned, and proposes more. */
    private void propose(byte[] s, int c, int at, String who, Explorer.Step step) {
        int known = listed(s, 5);
        int packs = condemnedPacks(s, known);
        int found = 0;
        for (int pack = 0; pack < sessions; pack++) {
            if (stored(s, pack)
                    && protocol.candidate(
                            has(s, at + C_A, pack), false, has(s, at + C_USED, pack), (packs >> pack & 1) != 0)) {
                found |= 1 << pack;
            }
        }
        int best = best(get(s, COPIES));
        int dead = 0;
        if (best >= 0 && has(s, at + C_A, 0) && has(s, at + C_USED, 0) && (packs & 1) == 0) {
            dead = content(s, best) & ~get(s, at + C_DEAD) & ~condemnedBlocks(s, known);
        }
        byte[] to = s.clone();
        boolean more = found != 0 || dead != 0;
        to[at + C_A] = 0;
        to[at + C_USED] = 0;
        to[at + C_DEAD] = 0;
        to[at + C_PACKS] = (byte) found;
        to[at + C_BLOCKS] = (byte) dead;
        to[at + C_KNOWN] = (byte) (known | (more ? 1 << c : 0));
        to[at] = (byte) (more ? 3 : known != 0 ? 4 : 30);
        step.to(
                to,
                who,
                "lists condemned: " + Integer.toBinaryString(known) + "; would condemn " + Integer.toBinaryString(found)
                        + " and blocks " + Integer.toBinaryString(dead));
    }

    /** Rule 12: what is dead, from the look that was just taken. Afterwards A has the dead packs. */
    private void decide(byte[] to, int at) {
        int known = get(to, at + C_KNOWN);
        int packs = condemnedPacks(to, known);
        int single = condemnedBlocks(to, known);
        int deadPacks = 0;
        for (int pack = 0; pack < sessions; pack++) {
            if (protocol.dead((packs >> pack & 1) != 0, has(to, at + C_USED, pack))) {
                deadPacks |= 1 << pack;
            }
        }
        int deadBlocks = 0;
        for (int block = 0; block < 2; block++) {
            boolean condemned = (packs & 1) != 0 || (single >> block & 1) != 0;
            if (protocol.dead(condemned, (get(to, at + C_DEAD) >> block & 1) != 0)) {
                deadBlocks |= 1 << block;
            }
        }
        to[at + C_A] = (byte) deadPacks;
        to[at + C_DEAD] = (byte) ((deadPacks & 1) != 0 ? 0 : deadBlocks & blocks);
    }

    private void lag(byte[] s, int at, int lags, int after, String who, Explorer.Step step) {
        if (!scope.stale() || get(s, at + C_LAGS) / 2 == lags) {
            byte[] to = with(s, at, after);
            to[at + C_LAGS] = 0;
            step.to(to, who, "goes on");
            return;
        }
        byte[] to = s.clone();
        to[at + C_LAGS]++;
        if (get(s, at + C_LAGS) % 2 == 0) {
            System.arraycopy(s, UNSEEN, to, at + C_UNSEEN, 6);
            step.to(to, who, "begins to pause for one lag");
        } else {
            for (int i = 0; i < 6; i++) {
                to[UNSEEN + i] &= (byte) ~to[at + C_UNSEEN + i];
                to[at + C_UNSEEN + i] = 0;
            }
            step.to(to, who, "has paused for one lag");
        }
    }

    private void delete(byte[] s, int c, int at, int pc, String who, Explorer.Step step) {
        switch (pc) {
            case 10 -> {
                int dead = get(s, at + C_A);
                if (dead == 0) {
                    repack(s, c, at, who, step);
                    return;
                }
                int pack = Integer.numberOfTrailingZeros(dead);
                byte[] to = with(s, at + C_A, dead & dead - 1);
                if (pack == 0) {
                    to[at + C_LIST] = s[COPIES];
                    to[at] = 11;
                    step.to(to, who, "lists the copies of pack 0");
                } else {
                    to[GHOSTS] |= (byte) (scope.stale() ? get(s, PACK) & 1 << pack : 0);
                    to[PACK] &= (byte) ~(1 << pack);
                    step.to(to, who, "deletes pack " + pack);
                }
            }
            case 11 -> deleteCopies(s, at, 10, who, step);
            case 14 -> {
                int index = get(s, at + C_A);
                put(s, 4, index, who, moving(at, 15, 31), step);
            }
            case 15 -> {
                int superseded = 0;
                for (int copy = 0; copy < 8; copy++) {
                    if (has(s, COPIES, copy) && protocol.superseded(copy(copy), copy(get(s, at + C_A)))) {
                        superseded |= 1 << copy;
                    }
                }
                byte[] to = with(s, at, 16);
                to[at + C_LIST] = (byte) superseded;
                to[at + C_A] = 0;
                step.to(to, who, "lists the copies of pack 0");
            }
            case 16 -> deleteCopies(s, at, 17, who, step);
            default -> lift(s, at, pc, who, step);
        }
    }

    private void deleteCopies(byte[] s, int at, int after, String who, Explorer.Step step) {
        int list = get(s, at + C_LIST);
        if (list == 0) {
            step.to(with(s, at, after), who, "has deleted what it listed");
            return;
        }
        byte[] to = with(s, at + C_LIST, list & list - 1);
        to[COPIES] &= (byte) ~(list & -list);
        if ((list & list - 1) == 0) {
            to[at] = (byte) after;
        }
        step.to(to, who, "deletes copy " + copy(Integer.numberOfTrailingZeros(list)));
    }

    private void repack(byte[] s, int c, int at, String who, Explorer.Step step) {
        int best = best(get(s, COPIES));
        int dead = get(s, at + C_DEAD);
        if (best < 0 || (content(s, best) & dead) == 0 || copy(best).generation() == GENERATIONS) {
            // Somebody else may have stopped between putting a copy and deleting the lower ones.
            boolean leftovers = best >= 0 && get(s, COPIES) != 1 << best;
            byte[] to = with(s, at, leftovers ? 15 : 17);
            to[at + C_DEAD] = 0;
            to[at + C_A] = (byte) (leftovers ? best : 0);
            step.to(to, who, "has nothing to repack");
            return;
        }
        int mine = 1 + copy(best).generation() * scope.collectors() + c;
        byte[] to = with(s, at, 14);
        int content = get(s, CONTENT) | get(s, CONTENT + 1) << 8;
        content = (content & ~(3 << (2 * mine))) | ((content(s, best) & ~dead) << (2 * mine));
        to[CONTENT] = (byte) content;
        to[CONTENT + 1] = (byte) (content >> 8);
        to[at + C_A] = (byte) mine;
        to[at + C_DEAD] = 0;
        step.to(to, who, "reads copy " + copy(best) + " of pack 0");
    }

    private void lift(byte[] s, int at, int pc, String who, Explorer.Step step) {
        switch (pc) {
            case 17 -> lag(s, at, protocol.lagsBeforeLifting(), 18, who, step);
            case 18 -> {
                int lifted = 0;
                int packs = 0;
                for (int k = 0; k < scope.collectors(); k++) {
                    if (has(s, at + C_KNOWN, k)) {
                        int mine = get(s, collectorAt(k) + C_PACKS);
                        boolean stored = get(s, collectorAt(k) + C_BLOCKS) != 0 && s[COPIES] != 0;
                        if (protocol.mayLift((mine & get(s, at + C_USED)) != 0, stored)) {
                            lifted |= 1 << k;
                            packs |= mine;
                        }
                    }
                }
                byte[] to = with(s, at, 19);
                int spend = 0;
                for (int session = 0; session < sessions; session++) {
                    boolean its = (packs >> session & 1) != 0;
                    if (its && protocol.mustBeSpent(has(s, GONE_BY_PURGE, session))) {
                        spend |= 1 << session;
                    }
                }
                to[at + C_WAIT] = (byte) spend;
                to[at + C_LIST] = (byte) lifted;
                to[at + C_USED] = 0;
                to[at + C_KNOWN] = 0;
                step.to(to, who, "may take back condemned " + Integer.toBinaryString(lifted));
            }
            case 19 -> {
                int spend = get(s, at + C_WAIT);
                int list = get(s, at + C_LIST);
                if (spend != 0) {
                    byte[] to = with(s, at + C_WAIT, spend & spend - 1);
                    to[SPENT] |= (byte) (spend & -spend);
                    step.to(to, who, "puts spent/" + Integer.numberOfTrailingZeros(spend));
                } else if (list != 0) {
                    byte[] to = with(s, at + C_LIST, list & list - 1);
                    to[CONDEMNED] &= (byte) ~(list & -list);
                    step.to(to, who, "deletes condemned/" + Integer.numberOfTrailingZeros(list));
                } else {
                    tidy(s, at, who, step);
                }
            }
            default -> throw new IllegalStateException("at " + pc);
        }
    }

    private void tidy(byte[] s, int at, String who, Explorer.Step step) {
        for (int session = 0; session < sessions; session++) {
            if (!has(s, GONE, session)) {
                continue;
            }
            for (ObjectType type : protocol.tidied()) {
                int object = switch (type) {
                    case COMMIT -> COMMIT;
                    case SESSION -> stored(s, session) ? -1 : SESSION;
                    case ASK -> ASK;
                    case GONE -> GONE;
                    default -> -1;
                };
                if (object >= 0 && has(s, object, session)) {
                    byte[] to = with(s, object, get(s, object) & ~(1 << session));
                    step.to(to, who, "deletes " + type + " of " + session);
                    return;
                }
            }
        }
        step.to(with(s, at, 30), who, "has finished");
    }

    // ---- states that differ only by names

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

    @Override
    public byte[] folded(byte[] state) {
        byte[] least = state;
        for (int[] map : foldings) {
            byte[] other = folded(state, map);
            if (Arrays.compare(other, least) < 0) {
                least = other;
            }
        }
        return least;
    }

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
        GHOSTS
    };

    private byte[] folded(byte[] s, int[] map) {
        byte[] to = s.clone();
        for (int at : BY_SESSION) {
            to[at] = bySession(get(s, at), map);
        }
        for (int at : new int[] {CONDEMNED, LATE + 5, UNSEEN + 4}) {
            to[at] = byCollector(get(s, at), map);
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
            if (pc != 14 && pc != 15) {
                to[at + C_A] = bySession(get(s, from + C_A), map);
            }
            for (int i = 0; i < 6; i++) {
                int seen = get(s, from + C_UNSEEN + i);
                to[at + C_UNSEEN + i] = i == 4 ? byCollector(seen, map) : bySession(seen, map);
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
        int mapped = 0;
        for (int c = 0; c < scope.collectors(); c++) {
            mapped |= (mask >> c & 1) << map[sessions + c];
        }
        return (byte) mapped;
    }
}
