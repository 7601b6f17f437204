package org.coffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.coffer.command.Cli;
import org.coffer.command.Opened;
import org.coffer.command.relay.OwnerServer;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.Console;
import org.coffer.console.audit.Caller;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeOwnership;

/**
 * This process as the owner of a home. The door to other commands opens first and closes last, so that they wait for a
 * moment instead of failing while everything else opens.
 */
final class Residence implements Opened, AutoCloseable {
    private final Home home;
    private final HomeOwnership ownership;
    private final Clock clock;
    private final CompletableFuture<Coffer> coffer = new CompletableFuture<>();
    private final OwnerServer door;

    private Residence(Home home, HomeOwnership ownership, Clock clock, BooleanSupplier front) throws IOException {
        this.home = home;
        this.ownership = ownership;
        this.clock = clock;
        this.door = OwnerServer.open(ownership, this::serve, front);
    }

    /**
     * Moves in.
     *
     * @param front brings this process's window to the front; false if it has none
     */
    static Residence open(Home home, HomeOwnership ownership, Clock clock, BooleanSupplier front) {
        try {
            Residence residence = new Residence(home, ownership, clock, front);
            residence.furnish();
            return residence;
        } catch (IOException e) {
            ownership.close();
            throw new UncheckedIOException(e);
        }
    }

    private void furnish() {
        try {
            coffer.complete(Coffer.open(home, clock));
        } catch (RuntimeException e) {
            // Whoever asks for the services is told: this process, and the guests that wait already.
            coffer.completeExceptionally(e);
        }
    }

    private int serve(Terminal terminal) {
        return Caller.me(Caller.From.COMMAND).call(() -> new Cli(terminal, clock, this).run());
    }

    /** The services; waits until they are open, and says why they could not be opened. */
    @Override
    public Console console() {
        try {
            return coffer.join().console();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(home.log());
    }

    /** Waits for the guests to finish, then moves out. */
    @Override
    public void close() {
        try {
            door.awaitIdle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                if (!coffer.isCompletedExceptionally()) {
                    coffer.join().close();
                }
            } finally {
                ownership.close();
            }
        }
    }
}
