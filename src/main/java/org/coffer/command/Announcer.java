package org.coffer.command;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Attention;
import org.coffer.console.overview.Calls;
import org.coffer.text.Text;

/**
 * Tells whoever runs the daemon, who may have no window to look at, of what {@link Calls} finds: a line each on standard error, with
 * its time and, for a missed run that asks, how to answer it. The same lines go to the log. Looks only after something happened.
 */
final class Announcer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    private final Context context;
    private final Text text;
    private final Calls calls = new Calls();
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final Events.Subscription listening;

    Announcer(Context context) {
        this.context = context;
        this.text = context.text();
        this.listening = context.services().events().subscribe(event -> {
            if (!(event instanceof Event.TasksProgressed)) {
                changed.set(true);
            }
        });
    }

    /** Looks, if anything happened since it looked last. What goes wrong at that ends no daemon. */
    void look() {
        if (changed.getAndSet(false)) {
            try {
                calls.look(context.services().overviews().now().needs()).fresh().forEach(this::tell);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "looking at what needs somebody", e);
            }
        }
    }

    private void tell(Attention need) {
        Instant now = context.clock().instant();
        String call = text.get(
                "command.daemon.call",
                "date",
                text.formats().date(now),
                "time",
                text.formats().second(now),
                "what",
                OverviewCommand.words(text, need));
        String line = rest(need)
                .map(rest -> text.get("command.daemon.call.rest", "call", call, "rest", rest))
                .orElse(call);
        LOG.log(System.Logger.Level.INFO, line);
        context.output().note(line);
    }

    /** Why it is so and what to do. */
    private Optional<String> rest(Attention need) {
        return need.kind() == Attention.Kind.RUN_ASKED
                ? Optional.of(text.get("command.daemon.asked", "policy", Context.word(need.name())))
                : need.problem().map(problem -> text.explain(problem).line());
    }

    @Override
    public void close() {
        listening.close();
    }
}
