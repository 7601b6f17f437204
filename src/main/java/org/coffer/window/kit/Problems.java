package org.coffer.window.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.problem.Problem;

/** Problems as sentences, for models: words come later, in the language shown. */
public final class Problems {
    private Problems() {}

    /** What happened, in one sentence. */
    public static Sentence what(Problem problem) {
        List<Object> args = new ArrayList<>();
        problem.args().forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        return Sentence.of("problem." + problem.code() + ".what", args.toArray());
    }

    /** What is wrong with the field {@code name}, as forms want it. */
    public static Optional<Sentence> of(Map<String, Problem> problems, String name) {
        return Optional.ofNullable(problems.get(name)).map(Problems::what);
    }
}
