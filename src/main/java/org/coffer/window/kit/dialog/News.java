package org.coffer.window.kit.dialog;

import java.util.Optional;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;

/** Where models tell what finished elsewhere; {@link Toasts} shows it. On the window's thread only. */
public interface News {

    /** Good news, perhaps with an act such as <em>Show</em> or <em>Undo</em>. */
    void tell(Sentence news, Optional<Act> act);

    /** Bad news; {@code show} leads to where it happened. */
    void error(Problem problem, Optional<Act> show);
}
