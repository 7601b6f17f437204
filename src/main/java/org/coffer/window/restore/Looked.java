package org.coffer.window.restore;

import java.util.Optional;
import java.util.function.Function;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Growth;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Restores;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;

/**
 * What was found of a restore that is being prepared, and what follows from it: decided here for wizard and dialog, each of which says it
 * in its own words.
 *
 * @param plan what it would do
 * @param unmountable whether the one thing in its way can be put out of it from here
 * @param growth whether all of a larger disk can be used
 */
public record Looked(Plan plan, boolean unmountable, Optional<Growth> growth) {

    /** Looks at the target; not on the window's thread. @throws org.coffer.problem.ProblemException why there is no plan */
    public static Looked at(Restores restores, Disks disks, NewRestore wanted) {
        Plan plan = restores.plan(wanted);
        return new Looked(
                plan,
                onlyMounted(plan)
                        && plan.targetDisk().filter(disks::unmountable).isPresent(),
                restores.growth(plan));
    }

    /** Whether nothing stands in the way but that the target is mounted. */
    static boolean onlyMounted(Plan plan) {
        return !plan.possible()
                && plan.blocking().stream().allMatch(problem -> problem.code().equals("restore.mounted"));
    }

    /**
     * Why it cannot be started; empty if it can.
     *
     * @param failure why there is no plan
     * @param plan empty while it is being made
     * @param typed what was typed where a system disk asks for its name
     * @param looking what is said while it is being made
     * @param saying the words for a problem
     */
    public static Optional<Sentence> whyNot(
            Optional<Problem> failure,
            Optional<Plan> plan,
            String typed,
            Sentence looking,
            Function<Problem, Sentence> saying) {
        if (failure.isPresent()) {
            return failure.map(saying);
        }
        if (plan.isEmpty()) {
            return Optional.of(looking);
        }
        Plan now = plan.get();
        if (!now.possible()) {
            return Optional.of(saying.apply(now.blocking().getFirst()));
        }
        return now.overwritesSystem() && !typed.equals(now.targetName())
                ? Optional.of(Sentence.of("kit.confirm.type", "name", now.targetName()))
                : Optional.empty();
    }
}
