package org.coffer.console.location;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.engine.store.Patience;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;

/** How the locations fare (L3). Whoever asks sees it as it is now, or was within {@link Site#lookCounts}. */
final class Looks {
    /** How long a look at a place may take: a disk that sleeps needs ten seconds to turn again. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final LocationStore store;
    private final Sites sites;
    private final Events events;
    private final Clock clock;
    private final Map<UUID, Location> known = new ConcurrentHashMap<>();
    private final Map<UUID, Taken> taken = new ConcurrentHashMap<>();
    private final Map<UUID, Patience> patience = new ConcurrentHashMap<>();

    /** A look that may still count. */
    private record Taken(Address address, Site.Look look, Instant at) {}

    Looks(LocationStore store, Sites sites, Events events, Clock clock) {
        this.store = store;
        this.sites = sites;
        this.events = events;
        this.clock = clock;
    }

    /** The location as it is; tells everybody when it fares otherwise than before. */
    Location at(LocationStore.Row row) {
        Location now = location(row, counted(row).orElseGet(() -> afresh(row)));
        Location before = known.put(now.id(), now);
        if (before != null
                && (before.status() != now.status() || !before.address().equals(now.address()))) {
            events.publish(new Event.LocationChanged(now.id()));
        }
        return now;
    }

    /** The same for several, side by side: one that is silent delays no news of the others (L3). */
    List<Location> at(List<LocationStore.Row> rows) {
        List<FutureTask<Location>> looks =
                rows.stream().map(row -> new FutureTask<>(() -> at(row))).toList();
        looks.stream().skip(1).forEach(look -> Thread.ofVirtual().name("look").start(look));
        looks.stream().findFirst().ifPresent(FutureTask::run);
        return looks.stream().map(Looks::seen).toList();
    }

    /** Each look is bounded, so it is waited for whoever wants this thread to stop. */
    private static Location seen(FutureTask<Location> look) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return look.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<Site.Look> counted(LocationStore.Row row) {
        return Optional.ofNullable(taken.get(row.id()))
                .filter(before -> before.address().equals(row.address()))
                .filter(before -> {
                    Duration age = Duration.between(before.at(), clock.instant());
                    return !age.isNegative() && age.compareTo(sites.of(row).lookCounts()) < 0;
                })
                .map(Taken::look);
    }

    /** A place that hangs holds up nobody for longer than {@link #LOOK}, and those who ask while it does hardly at all. */
    private Site.Look afresh(LocationStore.Row row) {
        Patience waiting = patience.computeIfAbsent(row.id(), key -> new Patience(LOOK, LOOK_AGAIN, Duration.ZERO));
        try {
            Site.Look seen = waiting.ask(() -> sites.of(row).look(row));
            seen.moved().ifPresent(address -> store.move(row.id(), address));
            taken.put(row.id(), new Taken(row.address(), seen, clock.instant()));
            return seen;
        } catch (StoreException e) {
            Site.Look away = Site.Look.away(StoreProblems.of(e, row.name()).problem());
            taken.put(row.id(), new Taken(row.address(), away, clock.instant()));
            return away;
        }
    }

    /** What was seen of a location counts no more: it was changed, or tried out. */
    void forget(UUID id) {
        taken.remove(id);
    }

    /** A location was removed. */
    void remove(UUID id) {
        forget(id);
        known.remove(id);
        patience.remove(id);
    }

    private static Location location(LocationStore.Row row, Site.Look seen) {
        return new Location(
                row.id(),
                row.name(),
                seen.moved().orElse(row.address()),
                row.region(),
                row.limit(),
                seen.status(),
                seen.room().free().orElse(-1),
                seen.room().total().orElse(-1),
                seen.problem(),
                row.addedAt());
    }
}
