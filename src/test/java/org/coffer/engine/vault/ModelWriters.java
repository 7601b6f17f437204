package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writers of a {@link ProtocolModel}: rules 1 to 6. */
final class ModelWriters extends ModelWorld {
    private final List<List<Micro>> beginnings = new ArrayList<>();

    ModelWriters(ModelScope scope, Protocol protocol) {
        super(scope, protocol);
        for (int w = 0; w < scope.writers(); w++) {
            beginnings.add(steps(w));
        }
    }

    private enum Micro {
        PUT_SESSION,
        LIST_CONDEMNED,
        LIST_GONE,
        LIST_COMMITS,
        GET_SPENT,
        LIST_ADOPTED
    }

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

    void writer(byte[] s, int w, Explorer.Step step) {
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
            case SETTLE_COMMIT, SETTLE_ASK -> {
                Protocol.Look look = protocol.looking().get(pc - SETTLE_COMMIT);
                byte[] to = with(s, at, pc + 1);
                to[at + W_CHOICE] = (byte) (seen | sees(s, look, old));
                step.to(to, who, look + " of " + old);
            }
            case SETTLE_GONE -> {
                byte[] to = with(s, at + W_CHOICE, 0);
                int all = seen | sees(s, protocol.looking().getLast(), old);
                switch (protocol.left((all & 1) != 0, (all & 2) != 0, (all & 4) != 0)) {
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

    private int sees(byte[] s, Protocol.Look look, int old) {
        return switch (look) {
            case GET_COMMIT -> has(s, COMMIT, old) ? 1 : 0;
            case GET_ASK -> has(s, ASK, old) ? 2 : 0;
            case GET_GONE -> has(s, GONE, old) ? 4 : 0;
        };
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
                int blind = listed(s, 5) & blind(s, OF_CONDEMNED);
                int known = listed(s, 5) & ~blind;
                boolean all =
                        blind != 0 && protocol.unreadable(ObjectType.CONDEMNED).forbidsSharing();
                to[at + W_CONDEMNED] = (byte) (all ? (1 << sessions) - 1 : condemnedPacks(s, known));
                to[at + W_BLOCKS] = (byte) (all ? 3 : condemnedBlocks(s, known));
                what = "lists condemned: " + Integer.toBinaryString(known);
            }
            case LIST_GONE -> {
                to[at + W_USED] = (byte) listed(s, 2);
                what = "lists gone: " + Integer.toBinaryString(listed(s, 2));
            }
            case LIST_COMMITS -> {
                int valid = listed(s, 1) & get(s, COMMIT) & ~get(s, at + W_USED);
                to[at + W_USED] = (byte) usedBy(s, valid & ~blind(s, OF_COMMIT) & ~blind(s, OF_USES));
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
                byte[] to = ended(s.clone(), at, next(null, x == own || y == own));
                to[at + W_CHOICE] = (byte) (x | y << 4);
                step.to(to, who, what + "; refers to pack " + (x - 1) + (y == 0 ? "" : " and " + (y - 1)));
            }
        }
    }

    /** Where a writer is after a step of publishing, which puts packs only if it has some. */
    private int next(Protocol.@Nullable Publish done, boolean packs) {
        List<Protocol.Publish> order = protocol.publishing();
        for (Protocol.Publish step : order.subList(done == null ? 0 : order.indexOf(done) + 1, order.size())) {
            if (step != Protocol.Publish.PUT_PACKS || packs) {
                return switch (step) {
                    case PUT_PACKS -> PUT_PACK;
                    case PUT_COMMIT -> PUT_COMMIT;
                    case GET_ASK -> GET_ASK;
                };
            }
        }
        return TIDY;
    }

    /** The next step of publishing; after the last one the writer reports a success. */
    private Outcome after(byte[] s, int w, Protocol.Publish done, int unknown) {
        int at = writerAt(w);
        int own = 1 + protocol.packsNamedAfter(sessionOf(w), scope.firstWriter());
        int choice = get(s, at + W_CHOICE);
        int next = next(done, (choice & 15) == own || choice >> 4 == own);
        Outcome moving = moving(at, next, unknown);
        return new Outcome() {
            @Override
            public byte[] known(byte[] to) {
                to[REPORTED] |= (byte) (next == TIDY ? 1 << sessionOf(w) : 0);
                return moving.known(to);
            }

            @Override
            public byte[] unknown(byte[] to) {
                return moving.unknown(to);
            }
        };
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
                        after(s, w, Protocol.Publish.PUT_PACKS, PUT_GONE),
                        step);
            case PUT_COMMIT -> {
                if (has(s, COMMIT, session) || has(s, LATE + 1, session)) {
                    step.to(with(s, TWICE, 1), who, "puts another commit/" + session);
                } else {
                    put(s, 1, session, who, after(s, w, Protocol.Publish.PUT_COMMIT, UNKNOWN), step);
                }
            }
            case GET_ASK -> {
                boolean success = protocol.succeeded(has(s, ASK, session));
                byte[] to =
                        success ? after(s, w, Protocol.Publish.GET_ASK, DEAD).known(s.clone()) : with(s, at, PUT_GONE);
                step.to(to, who, "gets ask/" + session + (success ? ": none" : ": asked"));
            }
            case PUT_GONE -> put(s, 2, session, who, ending(at, session), step);
            case TIDY -> {
                byte[] to = with(s, at, DONE);
                to[SESSION] &= (byte) ~(1 << session);
                step.to(to, who, "deletes session/" + session);
            }
            default -> doubt(s, w, who, step);
        }
    }

    /** Rule 5: nobody answered when the commit was put. */
    private void doubt(byte[] s, int w, String who, Explorer.Step step) {
        int at = writerAt(w);
        int session = sessionOf(w);
        List<Protocol.Doubt> order = protocol.doubting();
        if (order.contains(Protocol.Doubt.PUT_GONE)) {
            step.to(with(s, at, PUT_GONE), who, "gives its commit up");
        } else {
            step.to(ending(at, session).unknown(s.clone()), who, "gives up, and says: " + protocol.undecided());
        }
        if (order.contains(Protocol.Doubt.PUT_COMMIT_AGAIN)) {
            if (protocol.putAgain("the same", () -> "another").equals("the same")) {
                byte[] to = after(s, w, Protocol.Publish.PUT_COMMIT, DEAD).known(put(s, 1, session));
                step.to(to, who, "puts commit/" + session + " again");
            } else {
                step.to(with(s, TWICE, 1), who, "puts another commit/" + session);
            }
        }
    }

    /** Where a writer is who put its final marker, with an answer or without. */
    private Outcome ending(int at, int session) {
        return new Outcome() {
            @Override
            public byte[] known(byte[] to) {
                to[at] = FAILED;
                return to;
            }

            @Override
            public byte[] unknown(byte[] to) {
                Protocol.Says says = protocol.undecided();
                to[at] = (byte) (says == Protocol.Says.FAILED ? FAILED : DEAD);
                to[REPORTED] |= (byte) (says == Protocol.Says.SUCCEEDED ? 1 << session : 0);
                return to;
            }
        };
    }
}
