package org.coffer.engine.vault;

/** The collectors of a {@link ProtocolModel}: rules 9 to 14. */
final class ModelCollectors extends ModelWorld {
    ModelCollectors(ModelScope scope, Protocol protocol) {
        super(scope, protocol);
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

    void collector(byte[] s, int c, Explorer.Step step) {
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
        // A copy that lacks what is not dead is damaged there, and cannot be rewritten.
        boolean damaged = scope.heals() && best == 0 && (2 & ~dead) != 0;
        if (best < 0 || damaged || (content(s, best) & dead) == 0 || copy(best).generation() == GENERATIONS) {
            // Somebody else may have stopped between putting a copy and deleting the lower ones.
            boolean leftovers = best >= 0 && get(s, COPIES) != 1 << best;
            byte[] to = with(s, at, leftovers ? 15 : 17);
            to[at + C_DEAD] = 0;
            to[at + C_A] = (byte) (leftovers ? best : 0);
            step.to(to, who, "has nothing to repack");
            return;
        }
        int mine = 1 + copy(best).generation() * creators + c;
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
}
