package org.coffer.command;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Finds the object that somebody named: by its ID, by its name, or by the beginning of its ID (at least four digits).
 *
 * @param missing says that there is none of this name
 * @param id an object's ID
 * @param name an object's name
 */
record Picker<T>(Function<String, Problem> missing, Function<T, Object> id, Function<T, String> name) {
    private static final int SHORTEST_ID = 4;
    private static final int CANDIDATES = 5;

    /**
     * The one object that {@code typed} names.
     *
     * @throws ProblemException that there is none, or {@code pick.ambiguous} with the candidates if there are several
     */
    T pick(String typed, Collection<T> among) {
        List<T> found = among.stream().filter(one -> id(one).equals(typed)).toList();
        if (found.isEmpty()) {
            found = among.stream().filter(one -> name.apply(one).equals(typed)).toList();
        }
        if (found.isEmpty() && typed.length() >= SHORTEST_ID) {
            found = among.stream().filter(one -> id(one).startsWith(typed)).toList();
        }
        if (found.isEmpty()) {
            throw new ProblemException(missing.apply(typed));
        }
        if (found.size() > 1) {
            List<String> candidates = found.stream()
                    .limit(CANDIDATES)
                    .map(one -> name.apply(one) + " (" + id(one) + ")")
                    .toList();
            throw new ProblemException(
                    Problem.of("pick.ambiguous", "name", typed, "n", found.size(), "candidates", candidates));
        }
        return found.getFirst();
    }

    private String id(T one) {
        return id.apply(one).toString();
    }
}
