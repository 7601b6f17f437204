package org.coffer.console.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Due;
import org.coffer.console.backup.TrustedTime;

/**
 * Which backups go: those that {@link Keeping} says are due. While the clock is under suspicion those from before it jumped go
 * by the trusted time only, which {@link ClockWatch} knows.
 */
public final class Dues {
    private final Histories histories;
    private final TrustedTime watch;

    /** Judges what {@code histories} knows. */
    public Dues(Histories histories, TrustedTime watch) {
        this.histories = histories;
        this.watch = watch;
    }

    /** What goes now. */
    Due now() {
        return new Judge(watch.read(), UnaryOperator.identity());
    }

    /** What would go now if counts that were changed did not wait for the next backup. */
    Due withoutWaiting() {
        return new Judge(watch.read(), Histories.Group::atOnce);
    }

    /** The backups of a vault that go besides as soon as the clock is believed. */
    List<UUID> held(UUID vault) {
        var judge = new Judge(watch.read(), UnaryOperator.identity());
        return judge.due(histories.groups(vault, Map.of()))
                .filter(judge::waits)
                .map(Verdict::backup)
                .toList();
    }

    private final class Judge implements Due {
        private final TrustedTime.Reading reading;
        private final UnaryOperator<Histories.Group> how;

        Judge(TrustedTime.Reading reading, UnaryOperator<Histories.Group> how) {
            this.reading = reading;
            this.how = how;
        }

        @Override
        public List<UUID> of(UUID vault) {
            return going(histories.groups(vault, Map.of())).toList();
        }

        @Override
        public boolean still(Backup going, Set<UUID> together) {
            return going(histories.groups(going.vaultId(), going.diskId(), together))
                    .anyMatch(going.id()::equals);
        }

        private Stream<UUID> going(List<Histories.Group> groups) {
            return due(groups).filter(verdict -> !waits(verdict)).map(Verdict::backup);
        }

        Stream<Verdict> due(List<Histories.Group> groups) {
            return groups.stream()
                    .map(how)
                    .flatMap(group -> group.judge(reading.now()).stream())
                    .filter(Verdict::due);
        }

        /** Whether its date has come by the clock, and not by the time that is trusted. */
        boolean waits(Verdict verdict) {
            return byDate(verdict, reading.now()) && !byDate(verdict, reading.judging(verdict.created()));
        }

        private static boolean byDate(Verdict verdict, Instant now) {
            return verdict.until().filter(date -> !date.isAfter(now)).isPresent();
        }
    }
}
