package org.coffer.engine.vault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whoever finds the first pack damaged, and whoever heals it, in a {@link ProtocolModel}: rules 10 to 13. */
final class ModelHealer extends ModelWorld {
    private static final int DONE = 30;
    private static final int GATHER = 5;
    private static final List<Protocol.Decide> DECIDES = List.of(Protocol.Decide.values());
    private static final int LIST_SESSIONS = DECIDES.indexOf(Protocol.Decide.LIST_SESSIONS);
    private static final int LOOK = DECIDES.indexOf(Protocol.Decide.LOOK);

    ModelHealer(ModelScope scope, Protocol protocol) {
        super(scope, protocol);
    }

    /** Condemns the pack, once, and nothing else. */
    void finder(byte[] s, Explorer.Step step) {
        if (s[FOUND] == 0 && s[COPIES] != 0) {
            step.to(put(s, 5, scope.collectors()), "a check", "finds pack 0 damaged, and condemns it");
        }
    }

    void healer(byte[] s, Explorer.Step step) {
        int pc = get(s, healerAt);
        if (pc < DONE) {
            heal(s, pc, with(s, healerAt, pc + 1), step);
        }
    }

    private void heal(byte[] s, int pc, byte[] to, Explorer.Step step) {
        String who = "the healer";
        switch (pc) {
            case 0 -> {
                boolean condemned = (condemnedPacks(s, listed(s, 5)) & 1) != 0;
                to[healerAt] = (byte) after(-1);
                if (protocol.mayHeal(condemned)) {
                    step.to(to, who, "lists condemned: pack 0 is " + (condemned ? "" : "not ") + "among them");
                }
            }
            case 1 -> {
                to[healerAt + H_WAIT] = (byte) listed(s, 0);
                step.to(to, who, "lists sessions: " + Integer.toBinaryString(listed(s, 0)));
            }
            case 2 -> {
                int wait = get(s, healerAt + H_WAIT);
                if (wait == 0) {
                    to[healerAt] = (byte) after(LIST_SESSIONS);
                    step.to(to, who, "has waited for all");
                    return;
                }
                int session = Integer.numberOfTrailingZeros(wait);
                if (protocol.ended(has(s, SESSION, session), has(s, COMMIT, session), has(s, GONE, session))) {
                    to[healerAt] = 2;
                    to[healerAt + H_WAIT] = (byte) (wait & wait - 1);
                    step.to(to, who, "sees that session " + session + " has ended");
                }
            }
            case 3 -> {
                to[healerAt + H_GONE] = (byte) listed(s, 2);
                step.to(to, who, "lists gone: " + Integer.toBinaryString(listed(s, 2)));
            }
            case 4 -> {
                int valid = listed(s, 1) & get(s, COMMIT) & ~get(s, healerAt + H_GONE);
                to[healerAt + H_GONE] = 0;
                int needed = referred(s, valid);
                for (int block = 0; block < 2; block++) {
                    if (protocol.dead(true, (needed >> block & 1) != 0)) {
                        to[healerAt + H_DEAD] |= (byte) (1 << block);
                    }
                }
                to[healerAt] = (byte) (needed == 0 ? DONE : after(LOOK));
                step.to(to, who, "lists commits: " + Integer.toBinaryString(valid) + " are valid");
            }
            case 5 -> gather(s, to, who, step);
            case 6 ->
                put(
                        s,
                        4,
                        get(s, healerAt + H_COPY),
                        who,
                        moving(healerAt, then(Protocol.Rewrite.PUT_COPY), DONE),
                        step);
            case 7 -> deleteCopies(s, who, step);
            default -> {
                boolean sound = (blind(s, OF_COPY) >> get(s, healerAt + H_COPY) & 1) == 0;
                to[healerAt] = (byte) (sound ? then(Protocol.Rewrite.READ_BACK) : DONE);
                if (!sound) {
                    deleteCopies(to, 1 << get(s, healerAt + H_COPY));
                }
                step.to(to, who, sound ? "reads its copy back" : "deletes its copy, which does not read back");
            }
        }
    }

    /** The first place of what follows a step of deciding; of the first for -1. */
    private int after(int done) {
        List<Protocol.Decide> order = protocol.deciding();
        int next = done < 0 ? 0 : order.indexOf(DECIDES.get(done)) + 1;
        return next == order.size() ? GATHER : order.get(next) == Protocol.Decide.LIST_SESSIONS ? 1 : 3;
    }

    /** The place of what follows a step of rewriting; of the first for null. */
    private int then(Protocol.@Nullable Rewrite done) {
        List<Protocol.Rewrite> order = protocol.rewriting();
        for (Protocol.Rewrite step : order.subList(done == null ? 0 : order.indexOf(done) + 1, order.size())) {
            switch (step) {
                case PUT_COPY -> {
                    return 6;
                }
                case DELETE_LOWER -> {
                    return 7;
                }
                case READ_BACK -> {
                    if (scope.blinds() > 0) {
                        return 8;
                    }
                }
            }
        }
        return DONE;
    }

    /** What some copy still gives right, and what lies elsewhere. What is left out must be dead. */
    private void gather(byte[] s, byte[] to, String who, Explorer.Step step) {
        int best = best(readable(s));
        int generation = generation(s, best) - 1;
        int have = 0;
        for (int copy = 0; copy < 8; copy++) {
            have |= (readable(s) >> copy & 1) != 0 ? content(s, copy) : 0;
        }
        for (int pack = 1; pack < sessions; pack++) {
            for (int block = 0; block < 2; block++) {
                have |= has(s, PACK, pack) && holds(s, pack, block) ? 1 << block : 0;
            }
        }
        int lost = 3 & ~have & ~get(s, healerAt + H_DEAD);
        if (lost != 0 || generation >= GENERATIONS) {
            step.to(with(s, healerAt, DONE), who, "cannot have what is needed");
            return;
        }
        int mine = 1 + generation * creators + scope.collectors();
        int content = get(s, CONTENT) | get(s, CONTENT + 1) << 8;
        content = (content & ~(3 << (2 * mine))) | have << (2 * mine);
        to[CONTENT] = (byte) content;
        to[CONTENT + 1] = (byte) (content >> 8);
        to[healerAt + H_COPY] = (byte) mine;
        to[healerAt + H_DEAD] = 0;
        int superseded = 0;
        for (int copy = 0; copy < 8; copy++) {
            if (has(s, COPIES, copy) && protocol.superseded(copy(copy), copy(mine))) {
                superseded |= 1 << copy;
            }
        }
        to[healerAt + H_LIST] = (byte) superseded;
        to[healerAt] = (byte) then(null);
        step.to(to, who, "reads the copies, and elsewhere: has blocks " + Integer.toBinaryString(have));
    }

    private void deleteCopies(byte[] s, String who, Explorer.Step step) {
        int list = get(s, healerAt + H_LIST);
        byte[] to = with(s, healerAt + H_LIST, list & list - 1);
        deleteCopies(to, list & -list);
        to[healerAt] = (byte) (list == 0 || (list & list - 1) == 0 ? then(Protocol.Rewrite.DELETE_LOWER) : 7);
        step.to(to, who, list == 0 ? "has finished" : "deletes copy " + copy(Integer.numberOfTrailingZeros(list)));
    }
}
