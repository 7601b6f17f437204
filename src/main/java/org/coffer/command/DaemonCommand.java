package org.coffer.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code daemon}: owns the home, runs its policies, and does what other commands start, until it is stopped. What runs then is
 * held still, and goes on at the next start. What somebody has to know is told by an {@link Announcer}.
 */
@Command(name = "daemon")
final class DaemonCommand implements Callable<Integer> {
    /** Long enough for the command that started this process to come to its door. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(500);
    /** In looks: where much fails at once, looking at what needs somebody must not become the work. */
    private static final int TELL_EVERY = 6;

    private final Context context;

    @Option(names = "--until-idle", hidden = true)
    boolean untilIdle;

    DaemonCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console services = context.services();
        services.watch();
        CountDownLatch stop = new CountDownLatch(1);
        Instant idleSince = context.clock().instant();
        Terminal.Interest interest = context.terminal().onInterrupt(stop::countDown);
        try (Announcer announcer = new Announcer(context)) {
            if (!untilIdle) {
                context.output().note(context.text().get("command.daemon.running"));
            }
            for (long beat = 0; !stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS); beat++) {
                if (!untilIdle && beat % TELL_EVERY == 0) {
                    announcer.look();
                }
                Instant now = context.clock().instant();
                if (services.tasks().busy() || services.openDisks().serving()) {
                    idleSince = now;
                } else if (untilIdle && Duration.between(idleSince, now).compareTo(GRACE) > 0) {
                    break;
                }
            }
            services.suspend();
        } finally {
            interest.close();
        }
        return ExitStatus.DONE;
    }
}
