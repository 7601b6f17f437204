package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state of a model, nearest first, and stops at the first one that breaks a promise. What it finds is
 * therefore a shortest way to break it; what it does not find does not exist in that scope.
 */
final class Explorer {
    /** A model: where it begins, what can happen next, and what must never be. */
    interface Model {
        byte[] first();

        /** Offers every state that one step leads to. */
        void next(byte[] state, Step step);

        /** What is wrong with a state; null if nothing. */
        @Nullable
        String broken(byte[] state);

        /** The state that stands for all that differ only by names. May be its argument. */
        byte[] folded(byte[] state);
    }

    /** Receives what can happen next. */
    @FunctionalInterface
    interface Step {
        void to(byte[] state, String who, String what);
    }

    /**
     * What an exploration found.
     *
     * @param states how many there are, or were seen until the first broken one
     * @param depth how many steps the farthest of them is away
     * @param broken what was broken; null if all are sound
     * @param way the steps that lead there
     */
    record Found(int states, int depth, @Nullable String broken, List<String> way) {
        /** The way to the broken promise, a line a step. */
        String story() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < way.size(); i++) {
                text.append(String.format("%3d  %s%n", i + 1, way.get(i)));
            }
            return text.append("  => ").append(broken).toString();
        }
    }

    private final Model model;
    private final int limit;
    private final StateSet seen = new StateSet();
    private List<byte[]> next = new ArrayList<>();
    private @Nullable String broken;
    private int brokenAt;

    /** @param limit states after which the exploration gives up with an exception */
    Explorer(Model model, int limit) {
        this.model = model;
        this.limit = limit;
    }

    Found explore() {
        visit(model.first(), -1);
        int depth = 0;
        int number = 0;
        while (!next.isEmpty() && broken == null) {
            List<byte[]> level = next;
            next = new ArrayList<>();
            for (int i = 0; i < level.size() && broken == null; i++) {
                int parent = number++;
                byte[] state = level.set(i, new byte[0]);
                model.next(state, (to, who, what) -> visit(to, parent));
            }
            depth += next.isEmpty() ? 0 : 1;
            if (seen.size() > limit) {
                throw new IllegalStateException("more than " + limit + " states at depth " + depth);
            }
        }
        return new Found(seen.size(), depth, broken, broken == null ? List.of() : way());
    }

    private void visit(byte[] state, int parent) {
        if (broken != null) {
            return;
        }
        byte[] folded = model.folded(state);
        if (seen.add(folded, parent)) {
            broken = model.broken(folded);
            brokenAt = seen.size() - 1;
            next.add(folded);
        }
    }

    /** Walks to the broken state again, this time listening to what happens. */
    private List<String> way() {
        int[] path = seen.path(brokenAt);
        List<String> way = new ArrayList<>();
        byte[][] at = {model.folded(model.first())};
        for (int i = 1; i < path.length; i++) {
            int wanted = path[i];
            byte[][] reached = {null};
            String[] how = {""};
            model.next(at[0], (to, who, what) -> {
                byte[] folded = model.folded(to);
                if (reached[0] == null && seen.is(wanted, folded)) {
                    reached[0] = folded;
                    how[0] = who + ": " + what;
                }
            });
            at[0] = reached[0];
            way.add(how[0]);
        }
        return way;
    }
}
