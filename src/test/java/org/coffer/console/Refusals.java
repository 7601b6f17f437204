package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.Text;

/** What services refuse, each held to its sentences: no test sees a problem that a user could not read. */
public final class Refusals {
    private Refusals() {}

    /** The problem that an act is refused with; fails if it is not refused. */
    public static Problem problem(ThrowingCallable act) {
        Throwable thrown = catchThrowable(act);
        assertThat(thrown).isInstanceOf(ProblemException.class);
        return spoken(((ProblemException) thrown).problem());
    }

    /** The code of that problem. */
    public static String code(ThrowingCallable act) {
        return problem(act).code();
    }

    /** The same problem, once it is certain that both languages say it whole, with every placeholder filled. */
    public static Problem spoken(Problem problem) {
        for (Language language : Language.values()) {
            Text text = Text.of(language, Clock.systemUTC());
            assertThat(text.has("problem." + problem.code() + ".what"))
                    .as(problem + " in " + language)
                    .isTrue();
            Text.Explanation said = text.explain(problem);
            assertThat(said.what()).as(problem + " in " + language).isNotBlank();
            assertThat(said.line()).as(problem + " in " + language).doesNotContain("{");
        }
        return problem;
    }
}
