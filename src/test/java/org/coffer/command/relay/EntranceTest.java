package org.coffer.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.command.relay.OwnerServer.Handler;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.home.Home;
import org.coffer.console.home.HomeOwnership;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way into a home that somebody owns:
 *
 * <pre>
 *   caller's terminal ── Entrance ──socket── OwnerServer ── handler (the owner's side of the command)
 * </pre>
 */
@Timeout(60)
class EntranceTest {
    @TempDir
    Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private HomeOwnership take() {
        HomeOwnership ownership = HomeOwnership.take(new Home(folder), Clock.systemUTC(), Map.of())
                .orElseThrow();
        opened.push(ownership);
        return ownership;
    }

    private OwnerServer own(Handler handler) throws IOException {
        OwnerServer server = OwnerServer.open(take(), handler, () -> false);
        opened.push(server);
        return server;
    }

    private Path socket() {
        return folder.resolve("owner.sock");
    }

    @AfterEach
    void leave() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private Entrance entrance() {
        return new Entrance(new Home(folder), Clock.systemUTC(), Map.of());
    }

    private int relay(Terminal terminal) {
        return ((Entrance.Way.Relayed) entrance().command(terminal)).status();
    }

    @Test
    void aFreeHomeIsTaken() {
        Entrance.Way way = entrance().command(ScriptedTerminal.pipe(folder));
        assertThat(way).isInstanceOf(Entrance.Way.Owner.class);
        opened.push(((Entrance.Way.Owner) way).ownership());
    }

    @Test
    void aHomeThatSomebodyHoldsIsNotTakenForGood() throws IOException {
        own(terminal -> 0);
        assertThatThrownBy(() -> entrance().own()).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("home.held");
            assertThat(e.problem().args())
                    .containsEntry("pid", Long.toString(ProcessHandle.current().pid()));
        });
    }

    @Test
    void theOwnerSeesTheCommandAsItWasTyped() throws IOException {
        ScriptedTerminal caller =
                ScriptedTerminal.with(folder, Map.of("COFFER_PASSPHRASE", "开门"), "vault", "list", "名 字");
        CompletableFuture<Object> seen = new CompletableFuture<>();
        own(terminal -> {
            seen.complete(terminal.invocation());
            return 0;
        });
        assertThat(relay(caller)).isZero();
        assertThat(seen.join()).isEqualTo(caller.invocation());
    }

    @Test
    void outputErrorsAndStatusComeBack() throws IOException {
        own(terminal -> {
            terminal.out().println("宝匣 result");
            terminal.out().print("x" + "😀".repeat(1_000_000));
            terminal.err().println("trouble");
            return 3;
        });
        ScriptedTerminal caller = ScriptedTerminal.pipe(folder);
        assertThat(relay(caller)).isEqualTo(3);
        assertThat(caller.output()).isEqualTo("宝匣 result\nx" + "😀".repeat(1_000_000));
        assertThat(caller.errors()).isEqualTo("trouble\n");
    }

    @Test
    void questionsAreAskedAndFilesAreReadAtTheCallersSide() throws IOException {
        Files.writeString(folder.resolve("secret"), "in the file");
        own(terminal -> {
            terminal.out().println(terminal.ask("Sure?").orElse("nothing"));
            terminal.out()
                    .println(terminal.askSecret("Passphrase:").map(String::new).orElse("nothing"));
            terminal.out().println(terminal.ask("More?").orElse("nothing"));
            try {
                terminal.out().println(new String(terminal.read(Path.of("secret")), StandardCharsets.UTF_8));
                terminal.read(Path.of("missing"));
            } catch (IOException e) {
                terminal.out().println("no " + e.getMessage());
            }
            return 0;
        });
        ScriptedTerminal caller = ScriptedTerminal.person(folder, List.of("yes", "pass"));
        assertThat(relay(caller)).isZero();
        assertThat(caller.questions()).containsExactly("Sure?", "Passphrase:", "More?");
        assertThat(caller.output())
                .startsWith("yes\npass\nnothing\nin the file\nno ")
                .contains("missing");
    }

    @Test
    void aCallerThatGoesAwayInterruptsItsCommand() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        OwnerServer server = own(terminal -> {
            terminal.onInterrupt(interrupted::countDown);
            started.countDown();
            try {
                interrupted.await();
            } catch (InterruptedException e) {
                return 70;
            }
            terminal.out().println("to nobody");
            return terminal.interrupted() && terminal.ask("?").isEmpty() ? 130 : 70;
        });
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(socket()));
            new Wire(socket).send(Wire.Kind.RUN, out -> {
                out.writeInt(Wire.VERSION);
                ScriptedTerminal.pipe(folder).invocation().write(out);
            });
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        server.awaitIdle();
        assertThat(server.guests()).isZero();
    }

    @Test
    void twoCommandsAreCarriedOutAtOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        own(terminal -> {
            both.countDown();
            try {
                return both.await(30, TimeUnit.SECONDS) ? 0 : 1;
            } catch (InterruptedException e) {
                return 70;
            }
        });
        CompletableFuture<Integer> other = onItsOwnThread(() -> relay(ScriptedTerminal.pipe(folder, "other")));
        assertThat(relay(ScriptedTerminal.pipe(folder, "one"))).isZero();
        assertThat(other.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void anOwnerThatLeavesFinishesWhatItLetInAndThenTheHomeIsFree() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HomeOwnership ownership = take();
        OwnerServer server = OwnerServer.open(
                ownership,
                terminal -> {
                    started.countDown();
                    try {
                        return go.await(30, TimeUnit.SECONDS) ? 7 : 1;
                    } catch (InterruptedException e) {
                        return 70;
                    }
                },
                () -> false);
        CompletableFuture<Integer> guest = onItsOwnThread(() -> relay(ScriptedTerminal.pipe(folder)));
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> leaving = runOnItsOwnThread(() -> {
            try {
                server.awaitIdle();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ownership.close();
        });
        go.countDown();
        assertThat(guest.get(30, TimeUnit.SECONDS)).isEqualTo(7);
        leaving.get(30, TimeUnit.SECONDS);
        Entrance.Way next = entrance().command(ScriptedTerminal.pipe(folder));
        assertThat(next).isInstanceOf(Entrance.Way.Owner.class);
        opened.push(((Entrance.Way.Owner) next).ownership());
    }

    @Test
    void aWindowIsBroughtToTheFront() throws IOException {
        AtomicInteger fronts = new AtomicInteger();
        opened.push(OwnerServer.open(take(), terminal -> 0, () -> fronts.incrementAndGet() > 0));
        assertThat(entrance().window()).isEqualTo(new Entrance.Way.Relayed(0));
        assertThat(fronts).hasValue(1);
    }

    @Test
    void anOwnerOfAnotherVersionIsNamed() throws IOException {
        take();
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket()));
            CompletableFuture<Void> refusing = runOnItsOwnThread(() -> {
                try (Wire wire = new Wire(other.accept())) {
                    wire.receive();
                    wire.send(Wire.Kind.REFUSED, "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> relay(ScriptedTerminal.pipe(folder)))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("home.owned");
                        assertThat(e.problem().args())
                                .containsEntry(
                                        "pid",
                                        Long.toString(ProcessHandle.current().pid()))
                                .containsEntry("user", System.getProperty("user.name"))
                                .containsEntry("home", folder.toString());
                    });
            refusing.join();
        }
    }

    @Test
    void anOwnerThatEndsMidwayIsToldApart() throws IOException {
        take();
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket()));
            CompletableFuture<Void> ending = runOnItsOwnThread(() -> {
                try (Wire wire = new Wire(other.accept())) {
                    wire.receive();
                    wire.send(Wire.Kind.WELCOME, "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> relay(ScriptedTerminal.pipe(folder)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("home.lost"));
            ending.join();
        }
    }

    @Test
    void onlyTheUserCanKnock() throws IOException {
        own(terminal -> 0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    /** The common pool has a single thread on two cores, and these block. */
    private static <T> CompletableFuture<T> onItsOwnThread(java.util.function.Supplier<T> act) {
        return CompletableFuture.supplyAsync(
                act, run -> Thread.ofPlatform().daemon().start(run));
    }

    private static CompletableFuture<Void> runOnItsOwnThread(Runnable act) {
        return CompletableFuture.runAsync(
                act, run -> Thread.ofPlatform().daemon().start(run));
    }
}
