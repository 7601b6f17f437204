package org.coffer.engine.vault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The collectors of a {@link ProtocolModel}: rules 9 to 14, in the engine's own order. */
final class ModelCollectors extends ModelWorld {
    ModelCollectors(ModelScope scope, Protocol protocol) {
        super(scope, protocol);
    }

    // Where a collector is: the first place of each step, and those within.
    private static final int LOOK = 0;
    private static final int LIST_CONDEMNED = 2;
    private static final int CONDEMN = 3;
    private static final int LIST_SESSIONS = 4;
    private static final int LOOK_AGAIN = 7;
    private static final int DELETE_PACKS = 10;
    private static final int REWRITE = 12;
    private static final int READ_BACK = 13;
    private static final int PUT_COPY = 14;
    private static final int DELETE_LOWER = 15;
    private static final int LIFT = 17;
    private static final int TIDYING = 20;
    private static final int FINISHED = 30;
    private static final int STOPPED = 31;

    /** The first place of what follows a step; of the first for null. */
    private int after(Protocol.@Nullable Collect done) {
        List<Protocol.Collect> order = protocol.collecting();
        return from(order.subList(done == null ? 0 : order.indexOf(done) + 1, order.size()));
    }

    private int from(List<Protocol.Collect> order) {
        for (Protocol.Collect step : order) {
            switch (step) {
                case LOOK -> {
                    return LOOK;
                }
                case LIST_CONDEMNED -> {
                    return LIST_CONDEMNED;
                }
                case CONDEMN -> {
                    return CONDEMN;
                }
                case DECIDE -> {
                    return after((Protocol.Decide) null);
                }
                // Every block is found always, as if no index were ever dropped.
                case DROP_INDEX -> {}
                case DELETE_PACKS -> {
                    return DELETE_PACKS;
                }
                case REWRITE -> {
                    return REWRITE;
                }
                case LIFT -> {
                    return LIFT;
                }
                case TIDY -> {
                    return TIDYING;
                }
            }
        }
        return FINISHED;
    }

    private int after(Protocol.@Nullable Decide done) {
        List<Protocol.Decide> order = protocol.deciding();
        int next = done == null ? 0 : order.indexOf(done) + 1;
        if (next == order.size()) {
            return after(Protocol.Collect.DECIDE);
        }
        return order.get(next) == Protocol.Decide.LIST_SESSIONS ? LIST_SESSIONS : LOOK_AGAIN;
    }

    private int after(Protocol.@Nullable Rewrite done) {
        List<Protocol.Rewrite> order = protocol.rewriting();
        for (Protocol.Rewrite step : order.subList(done == null ? 0 : order.indexOf(done) + 1, order.size())) {
            switch (step) {
                case PUT_COPY -> {
                    return PUT_COPY;
                }
                case READ_BACK -> {
                    // Where no copy can come to be damaged that finds out nothing.
                    if (scope.blinds() > 0) {
                        return READ_BACK;
                    }
                }
                case DELETE_LOWER -> {
                    return DELETE_LOWER;
                }
            }
        }
        return after(Protocol.Collect.REWRITE);
    }

    private boolean over(byte[] s, int collector) {
        for (int w = 0; w < scope.writers(); w++) {
            int pc = get(s, writerAt(w));
            if (pc < FAILED) {
                return false;
            }
        }
        for (int c = 0; c < collector; c++) {
            if (s[collectorAt(c)] < FINISHED) {
                return false;
            }
        }
        for (int kind = 0; kind <= OF_CONDEMNED; kind++) {
            if (s[LATE + kind] != 0) {
                return false;
            }
        }
        return !scope.asker() || (get(s, ASKER) & 15) == 15;
    }

    void collector(byte[] s, int c, Explorer.Step step) {
        int at = collectorAt(c);
        int pc = get(s, at);
        if (pc >= FINISHED || (pc == 0 && scope.last() && c == scope.collectors() - 1 && !over(s, c))) {
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
                if (forbidden(s, valid)) {
                    step.to(with(s, at, STOPPED), who, "lists commits, and stops because something cannot be read");
                    return;
                }
                int known = valid & ~blind(s, OF_COMMIT) & ~blind(s, OF_USES);
                to[at + C_USED] = (byte) usedBy(s, known);
                to[at + C_DEAD] = (byte) referred(s, known);
                to[at] = (byte) (pc == 1 ? after(Protocol.Collect.LOOK) : after(Protocol.Decide.LOOK));
                if (pc == 9) {
                    decide(to, at);
                }
                step.to(to, who, "lists commits: " + Integer.toBinaryString(valid) + " are valid");
            }
            case 2 -> propose(s, c, at, who, step);
            case 3 -> put(s, 5, c, who, moving(at, after(Protocol.Collect.CONDEMN), STOPPED), step);
            case 4 -> lag(s, at, protocol.lagsBeforeSessions(), 5, who, step);
            case 5 -> {
                to[at + C_WAIT] = (byte) listed(s, 0);
                step.to(to, who, "lists sessions: " + Integer.toBinaryString(listed(s, 0)));
            }
            case 6 -> {
                int wait = get(s, at + C_WAIT);
                if (wait == 0) {
                    int next = after(Protocol.Decide.LIST_SESSIONS);
                    if (next == LOOK_AGAIN) {
                        lag(with(s, at, LOOK_AGAIN), at, protocol.lagsBeforeLook(), 8, who, step);
                    } else {
                        step.to(with(s, at, next), who, "has waited for all");
                    }
                    return;
                }
                int session = Integer.numberOfTrailingZeros(wait);
                ObjectType unread = unreadable(s, session);
                if (unread != null && protocol.unreadable(unread).forbidsDeleting()) {
                    step.to(
                            with(s, at, STOPPED),
                            who,
                            "stops because " + unread + " of " + session + " cannot be read");
                } else if (unread != null
                        || protocol.ended(has(s, SESSION, session), has(s, COMMIT, session), has(s, GONE, session))) {
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

    /** Rule 12: whether something that a look needs cannot be read. */
    private boolean forbidden(byte[] s, int valid) {
        boolean commit = (valid & blind(s, OF_COMMIT)) != 0;
        boolean uses = (valid & blind(s, OF_USES)) != 0;
        boolean gone = false;
        for (int session = 0; session < sessions; session++) {
            boolean asked = has(s, COMMIT, session) || stored(s, session);
            gone |= asked && (blind(s, OF_GONE) >> session & 1) != 0;
        }
        return (commit && protocol.unreadable(ObjectType.COMMIT).forbidsDeleting())
                || (uses && protocol.unreadable(ObjectType.USES).forbidsDeleting())
                || (gone && protocol.unreadable(ObjectType.GONE).forbidsDeleting());
    }

    /** Rule 11: what it takes to know whether a session has ended and cannot be read; null if nothing. */
    private static @Nullable ObjectType unreadable(byte[] s, int session) {
        if (has(s, COMMIT, session) || has(s, GONE, session)) {
            return null;
        }
        if ((blind(s, OF_GONE) >> session & 1) != 0) {
            return ObjectType.GONE;
        }
        boolean its = has(s, SESSION, session) && (blind(s, OF_SESSION) >> session & 1) != 0;
        return its ? ObjectType.SESSION : null;
    }

    /** Rules 9 and 14: takes over what is condemned, and proposes more. */
    private void propose(byte[] s, int c, int at, String who, Explorer.Step step) {
        int blind = listed(s, 5) & blind(s, OF_CONDEMNED);
        if (blind != 0 && protocol.unreadable(ObjectType.CONDEMNED).forbidsDeleting()) {
            step.to(with(s, at, STOPPED), who, "lists condemned, and stops because one cannot be read");
            return;
        }
        int known = listed(s, 5) & ~blind;
        int packs = condemnedPacks(s, known);
        int found = 0;
        for (int pack = 0; pack < sessions; pack++) {
            if (stored(s, pack)
                    && protocol.candidate(
                            has(s, at + C_A, pack), false, has(s, at + C_USED, pack), (packs >> pack & 1) != 0)) {
                found |= 1 << pack;
            }
        }
        int best = best(readable(s));
        int dead = 0;
        if (best >= 0 && has(s, at + C_A, 0) && has(s, at + C_USED, 0) && (packs & 1) == 0) {
            dead = content(s, best) & ~get(s, at + C_DEAD) & ~condemnedBlocks(s, known);
        }
        byte[] to = s.clone();
        boolean more = found != 0 || dead != 0;
        to[at + C_PACKS] = (byte) found;
        to[at + C_BLOCKS] = (byte) dead;
        to[at + C_KNOWN] = (byte) (known | (more ? 1 << c : 0));
        List<Protocol.Collect> order = protocol.collecting();
        int takingOver = order.indexOf(protocol.takingOver());
        if (more || known == 0 || takingOver <= order.indexOf(Protocol.Collect.DECIDE)) {
            to[at + C_A] = 0;
            to[at + C_USED] = 0;
            to[at + C_DEAD] = 0;
        } else {
            decide(to, at);
        }
        to[at] = (byte)
                (more
                        ? after(Protocol.Collect.LIST_CONDEMNED)
                        : known == 0 ? FINISHED : from(order.subList(takingOver, order.size())));
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
                    int next = after(Protocol.Collect.DELETE_PACKS);
                    if (next == REWRITE) {
                        repack(s, c, at, who, step);
                    } else {
                        step.to(with(s, at, next), who, "has deleted all packs");
                    }
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
            case 12 -> repack(s, c, at, who, step);
            case 13 -> readBack(s, at, who, step);
            case 14 -> {
                int index = get(s, at + C_A);
                put(s, 4, index, who, moving(at, after(Protocol.Rewrite.PUT_COPY), STOPPED), step);
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
                boolean last = protocol.rewriting().getLast() == Protocol.Rewrite.DELETE_LOWER;
                to[at + C_A] = (byte) (last ? 0 : get(s, at + C_A));
                step.to(to, who, "lists the copies of pack 0");
            }
            case 16 -> deleteCopies(s, at, after(Protocol.Rewrite.DELETE_LOWER), who, step);
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
        deleteCopies(to, list & -list);
        if ((list & list - 1) == 0) {
            to[at] = (byte) after;
        }
        step.to(to, who, "deletes copy " + copy(Integer.numberOfTrailingZeros(list)));
    }

    private void readBack(byte[] s, int at, String who, Explorer.Step step) {
        int mine = get(s, at + C_A);
        if ((blind(s, OF_COPY) >> mine & 1) == 0) {
            step.to(with(s, at, after(Protocol.Rewrite.READ_BACK)), who, "reads copy " + copy(mine) + " back");
            return;
        }
        byte[] to = with(s, at, after(Protocol.Collect.REWRITE));
        to[at + C_A] = 0;
        deleteCopies(to, 1 << mine);
        step.to(to, who, "deletes copy " + copy(mine) + ", which does not read back");
    }

    private void repack(byte[] s, int c, int at, String who, Explorer.Step step) {
        int best = best(readable(s));
        int dead = get(s, at + C_DEAD);
        // A copy that lacks what is not dead is damaged there, and cannot be rewritten.
        boolean damaged = scope.heals() && best == 0 && (2 & ~dead) != 0;
        boolean anew = best >= 0 && ((content(s, best) & dead) != 0 || closedAbove(s, best));
        if (best < 0 || damaged || !anew || generation(s, best) > GENERATIONS) {
            // Somebody else may have stopped between putting a copy and deleting the lower ones.
            boolean leftovers = best >= 0 && get(s, COPIES) != 1 << best;
            byte[] to = with(s, at, leftovers ? DELETE_LOWER : after(Protocol.Collect.REWRITE));
            to[at + C_DEAD] = 0;
            to[at + C_A] = (byte) (leftovers ? best : 0);
            step.to(to, who, "has nothing to repack");
            return;
        }
        int mine = 1 + (generation(s, best) - 1) * creators + c;
        byte[] to = with(s, at, after((Protocol.Rewrite) null));
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
                for (int k = 0; k <= scope.collectors(); k++) {
                    if (has(s, at + C_KNOWN, k)) {
                        boolean finder = k == scope.collectors();
                        int mine = finder ? 1 : get(s, collectorAt(k) + C_PACKS);
                        boolean stored = !finder && get(s, collectorAt(k) + C_BLOCKS) != 0 && s[COPIES] != 0;
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
                } else if (after(Protocol.Collect.LIFT) == TIDYING) {
                    tidy(s, at, who, step);
                } else {
                    step.to(with(s, at, after(Protocol.Collect.LIFT)), who, "has taken back what it may");
                }
            }
            case TIDYING -> tidy(s, at, who, step);
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
        step.to(with(s, at, after(Protocol.Collect.TIDY)), who, "has finished");
    }
}
