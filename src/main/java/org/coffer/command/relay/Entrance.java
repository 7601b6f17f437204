package org.coffer.command.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.coffer.command.relay.OwnerClient.Reply;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeOwner;
import org.coffer.console.home.HomeOwnership;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The way into a home: whoever comes first owns it, and everybody else has the owner do it.
 *
 * <p>Between the two lie moments: an owner that has the lock and not yet its socket, or has closed its socket and not
 * yet given back the lock. They last less than a second or two, so the way in is tried again for {@link #PATIENCE}; after that the
 * owner is hung or of another version, and the user is told who it is.
 */
public final class Entrance {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final Home home;
    private final Clock clock;
    private final Map<String, String> environment;

    /** The way into {@code home}; {@code environment} says where short-lived files lie. */
    public Entrance(Home home, Clock clock, Map<String, String> environment) {
        this.home = home;
        this.clock = clock;
        this.environment = environment;
    }

    /** How it went. */
    public sealed interface Way {
        /** The home is ours, until the ownership is closed. */
        record Owner(HomeOwnership ownership) implements Way {}

        /** The owner did it. */
        record Relayed(int status) implements Way {}
    }

    /**
     * Takes the home, or has its owner carry out what was typed at {@code terminal}.
     *
     * @throws ProblemException {@code home.owned} if the owner does not answer, {@code home.lost} if it ended midway,
     *     and what {@link Home#create()} throws
     */
    public Way command(Terminal terminal) {
        return enter(true, (owner, patience) -> OwnerClient.run(owner, terminal, patience));
    }

    /**
     * Takes the home for good, for a process that is to own it.
     *
     * @throws ProblemException {@code home.held} by whom, and what {@link Home#create()} throws
     */
    public HomeOwnership own() {
        return HomeOwnership.take(home, clock, environment)
                .orElseThrow(() -> new ProblemException(problem("home.held", HomeOwner.of(home))));
    }

    /** Takes the home if nobody has it. */
    public Optional<HomeOwnership> ownIfFree() {
        return HomeOwnership.take(home, clock, environment);
    }

    /**
     * Has the owner, who may just be starting, carry out what was typed at {@code terminal}.
     *
     * @return the exit status
     * @throws ProblemException as {@link #command}
     */
    public int guest(Terminal terminal) {
        return switch (enter(false, (owner, patience) -> OwnerClient.run(owner, terminal, patience))) {
            case Way.Relayed relayed -> relayed.status();
            case Way.Owner owner -> throw new IllegalStateException("nobody took it");
        };
    }

    /**
     * Takes the home, or has the window of its owner come to the front.
     *
     * @throws ProblemException as {@link #command}; also {@code home.owned} if the owner has no window
     */
    public Way window() {
        return enter(true, OwnerClient::front);
    }

    private Way enter(boolean take, BiFunction<HomeOwner, Duration, Reply> knock) {
        Instant end = clock.instant().plus(PATIENCE);
        while (true) {
            Optional<HomeOwnership> taken = take ? HomeOwnership.take(home, clock, environment) : Optional.empty();
            if (taken.isPresent()) {
                return new Way.Owner(taken.get());
            }
            Optional<HomeOwner> owner = HomeOwner.of(home);
            Duration left = Duration.between(clock.instant(), end);
            if (owner.isPresent()) {
                Reply reply = knock(knock, owner.get(), left);
                if (reply instanceof Reply.Done done) {
                    return new Way.Relayed(done.status());
                }
                if (reply instanceof Reply.Refused) {
                    throw owned(owner);
                }
            }
            if (left.isNegative()) {
                throw owned(owner);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private Reply knock(BiFunction<HomeOwner, Duration, Reply> knock, HomeOwner owner, Duration patience) {
        try {
            return knock.apply(owner, patience);
        } catch (OwnerClient.OwnerGoneException e) {
            throw new ProblemException(
                    Problem.of("home.lost", "home", home.directory().toString(), "pid", Long.toString(owner.pid())), e);
        }
    }

    private ProblemException owned(Optional<HomeOwner> owner) {
        return new ProblemException(problem("home.owned", owner));
    }

    private Problem problem(String code, Optional<HomeOwner> owner) {
        return Problem.of(
                code,
                "pid",
                owner.map(o -> Long.toString(o.pid())).orElse("?"),
                "user",
                owner.map(HomeOwner::user).orElse("?"),
                "home",
                home.directory().toString());
    }
}
