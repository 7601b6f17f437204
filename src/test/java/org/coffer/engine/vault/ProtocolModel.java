package org.coffer.engine.vault;

import org.jspecify.annotations.Nullable;

/**
 * The protocol as a machine of small steps: each put, each delete, each list and each get of an object is one. What the
 * actors do then, they ask {@link Protocol}: the functions of the engine itself.
 *
 * <p><b>World.</b> See {@link ModelScope}. Whoever stops for ever (a crash) is somebody whose turn does not come any more,
 * so every crash at every step is explored without a step of its own; and whoever goes on after others took him for dead
 * (a zombie) is somebody whose turn comes late. A put may be applied and applied again later, or fail for the one who put
 * and be applied later or never. Lists may lag: each may show
 * or not show anything that was put, or deleted, since the last pause of one lag, every list anew.
 *
 * <p><b>Healing.</b> Block y of the first pack may be damaged from the start. Somebody may find that out at any time, and
 * condemns the pack; somebody else may heal it, with y from another pack if it is there, else without. Backups that began
 * before the damage was found may lack y, as long as it was not put right once.
 *
 * <p><b>Left out</b>, each time to the side of more danger: that open sessions are not proposed for deleting; that a writer
 * passes over packs that are not listed; that indexes may be missing (every block ever stored is always found). Session,
 * commit and the packs' contents are what they were written as; damage is for other tests, but for what {@link
 * ModelScope#blinds} says: objects that nobody can read for a while, markers that somebody plants who has no key, and copies
 * that come to be damaged when they are put.
 */
final class ProtocolModel extends ModelWorld implements Explorer.Model {
    private final ModelWriters writers;
    private final ModelCollectors collectors;
    private final ModelFolding folding;
    private final ModelHealer healer;

    ProtocolModel(ModelScope scope, Protocol protocol) {
        super(scope, protocol);
        this.writers = new ModelWriters(scope, protocol);
        this.collectors = new ModelCollectors(scope, protocol);
        this.healer = new ModelHealer(scope, protocol);
        this.folding = new ModelFolding(scope, protocol);
    }

    @Override
    public byte[] first() {
        byte[] s = new byte[length];
        s[COMMIT] = (byte) ((1 << scope.firstWriter()) - 1);
        s[REPORTED] = s[COMMIT];
        s[COPIES] = 1;
        s[CONTENT] = (byte) (scope.heals() ? 1 : blocks);
        s[HIT] = scope.heals() ? s[COMMIT] : 0;
        s[FAULTS] = (byte) scope.faults();
        s[CRASHES] = (byte) scope.crashes();
        s[BLINDS] = (byte) scope.blinds();
        return s;
    }

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
        String wrong = wronglyFailed(s);
        wrong = wrong == null ? wronglyCondemned(s) : wrong;
        if (wrong != null) {
            return wrong;
        }
        return scope.last() ? garbage(s) : null;
    }

    private @Nullable String wronglyFailed(byte[] s) {
        for (int w = 0; w < scope.writers(); w++) {
            int session = sessionOf(w);
            if (get(s, writerAt(w)) == FAILED && protocol.valid(has(s, COMMIT, session), has(s, GONE, session))) {
                return "backup " + session + " was reported as failed, and is there";
            }
        }
        return null;
    }

    /** What is condemned although it is nobody's to delete: no backup is lost by it, but all that it holds is stored again. */
    private @Nullable String wronglyCondemned(byte[] s) {
        int condemned = 0;
        for (int c = 0; c < scope.collectors(); c++) {
            condemned |= has(s, CONDEMNED, c) ? get(s, collectorAt(c) + C_PACKS) : 0;
        }
        if ((condemned & ~get(s, GONE)) != 0) {
            return "a pack is condemned whose session is not over";
        }
        int keepers = (1 << scope.firstWriter()) - 2 & ~get(s, PURGED);
        if ((condemned & usedBy(s, keepers)) != 0) {
            return "a pack is condemned that a backup uses which was there all the time";
        }
        int last = scope.collectors() - 1;
        if (scope.last() && get(s, collectorAt(last)) == 3) {
            int others = condemnedPacks(s, get(s, CONDEMNED) & ~(1 << last));
            if ((others & get(s, collectorAt(last) + C_PACKS)) != 0) {
                return "a pack is condemned twice";
            }
        }
        return null;
    }

    private boolean whole(byte[] s, int session) {
        int choice = choice(s, session);
        for (int block = 0; block < 2; block++) {
            int pack = (choice >> (4 * block) & 15) - 1;
            if (pack == 0) {
                int best = best(readable(s));
                boolean there = best >= 0 && (content(s, best) >> block & 1) != 0;
                boolean hit = block == 1 && has(s, HIT, session) && s[HEALED] == 0;
                if (!there && !hit) {
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
        int best = best(readable(s));
        if (best >= 0 && has(s, GONE, 0) && (content(s, best) & ~referred(s, valid)) != 0) {
            return "a collector finished and left a block that nobody uses";
        }
        return null;
    }

    @Override
    public void next(byte[] s, Explorer.Step step) {
        late(s, step);
        if (scope.blinds() > 0) {
            blinds(s, step);
        }
        for (int session = 0; session < sessions; session++) {
            boolean late = scope.last() && s[collectorAt(scope.collectors() - 1)] != 0;
            if ((scope.purges() >> session & 1) != 0
                    && !late
                    && (blind(s, OF_GONE) >> session & 1) == 0
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
            writers.writer(s, w, step);
        }
        for (int c = 0; c < scope.collectors(); c++) {
            collectors.collector(s, c, step);
        }
        if (scope.heals()) {
            healer.finder(s, step);
            healer.healer(s, step);
        }
    }

    /** Objects become unreadable and readable again, and markers that do not open come and go. */
    private void blinds(byte[] s, Explorer.Step step) {
        int blind = get(s, BLIND) - 1;
        if (blind >= 0 && blind / 8 != OF_COPY) {
            step.to(with(s, BLIND, 0), "the store", "gives " + WHAT[blind / 8] + "/" + blind % 8 + " right again");
        } else if (blind < 0 && s[BLINDS] > 0) {
            for (int kind : new int[] {OF_SESSION, OF_COMMIT, OF_USES, OF_GONE, OF_CONDEMNED}) {
                int there = kind == OF_GONE
                        ? (1 << sessions) - 1 & ~get(s, GONE) & ~get(s, LATE + 2)
                        : get(s, objects(kind == OF_USES ? OF_COMMIT : kind));
                for (int number = 0; there >> number != 0; number++) {
                    // What the finder of the damage condemned has no number that could be exchanged.
                    if ((there >> number & 1) != 0 && (kind != OF_CONDEMNED || number < scope.collectors())) {
                        byte[] to = with(s, BLIND, 1 + 8 * kind + number);
                        to[BLINDS]--;
                        step.to(to, "the store", "does not give " + WHAT[kind] + "/" + number + " any more");
                    }
                }
            }
        }
    }

    private void late(byte[] s, Explorer.Step step) {
        for (int kind = 0; kind <= OF_CONDEMNED; kind++) {
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

    @Override
    public byte[] folded(byte[] state) {
        return folding.folded(state);
    }
}
