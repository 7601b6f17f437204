package org.coffer.console.task;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.Caller;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * All work that takes time (T1 to T4).
 *
 * <p>A task is a row before it runs: {@link #create} writes it inside the caller's transaction, together with whatever
 * else the act changes, and {@link #launch} starts it after the commit. While it runs its numbers live in memory; its
 * end is written in one go. A process that dies leaves rows without an end, which {@link #settleInterrupted} puts
 * right at the next start, before anything new may run.
 *
 * <p>The work itself belongs to other nouns, which {@link #register} a {@link TaskHandler} for each kind.
 */
public final class Tasks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Tasks.class.getName());
    private static final Duration TICK = Duration.ofMillis(250);

    private final Catalog catalog;
    private final TaskStore store;
    private final Events events;
    private final Audit audit;
    private final Clock clock;
    private final Runner runner = new Runner();
    private final Map<TaskType, TaskHandler> handlers = new EnumMap<>(TaskType.class);
    private final Map<UUID, Live> live = new ConcurrentHashMap<>();
    private final Thread ticker;
    private volatile boolean closed;

    /** A task between launch and end. */
    private static final class Live {
        final TaskRun run;
        final CountDownLatch ended = new CountDownLatch(1);
        volatile boolean started;
        volatile Progress progress;
        volatile Optional<Problem> waits = Optional.empty();

        Live(TaskRun run) {
            this.run = run;
            this.progress = run.progress();
        }
    }

    /** Keeps tasks in {@code catalog}. */
    public Tasks(Catalog catalog, Events events, Audit audit, Clock clock) {
        this.catalog = catalog;
        this.store = new TaskStore(catalog);
        this.events = events;
        this.audit = audit;
        this.clock = clock;
        this.ticker = Thread.ofVirtual().name("task-progress").start(this::tick);
    }

    /** Says who does a kind of work; once per kind, before anything is launched. */
    public void register(TaskType type, TaskHandler handler) {
        handlers.put(type, handler);
    }

    // ---- starting

    /** Writes the row of a waiting task. Call it in the transaction of the act, then {@link #launch} after it. */
    public Task create(NewTask wanted) {
        Instant now = now();
        Task task = new Task(
                UUID.randomUUID(),
                wanted.type(),
                TaskStatus.WAITING,
                new Progress(Stage.WAITING, 0, 0, 0, 0, -1, false),
                wanted.subject(),
                Map.copyOf(wanted.parameters()),
                Caller.current(),
                now,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                true);
        store.insert(task);
        return task;
    }

    /** Queues a created task. */
    public void launch(Task task) {
        launch(task, false);
    }

    private void launch(Task task, boolean canceled) {
        Live entry = new Live(new TaskRun(task, store, clock));
        if (canceled) {
            entry.run.work().cancel();
        }
        live.put(task.id(), entry);
        events.publish(new Event.TaskChanged(task.id()));
        runner.submit(
                task.subject().locationId(), task.id(), () -> task.caller().run(() -> run(task, entry)));
    }

    /** Writes the row of a task that ends before it runs: refused at the door, or skipped. */
    public Task createEnded(NewTask wanted, TaskStatus status, Problem problem) {
        Task task = enterEnded(wanted, status, problem);
        events.publish(new Event.TaskChanged(task.id()));
        return task;
    }

    /** The same in the transaction of an act: tells nobody, which {@link #tell} does after it. */
    public Task enterEnded(NewTask wanted, TaskStatus status, Problem problem) {
        Task task = create(wanted);
        store.ended(task.id(), status, now(), task.progress(), Map.of(), problem);
        return store.find(task.id()).orElseThrow();
    }

    /** Tells everybody of a task that was {@linkplain #enterEnded entered}, after the commit. */
    public void tell(Task task) {
        events.publish(new Event.TaskChanged(task.id()));
    }

    private void run(Task task, Live entry) {
        try {
            entry.started = true;
            begin(task, entry);
            TaskHandler handler = handler(task.type());
            entry.run.work().part(() -> handler.run(entry.run));
            end(task, entry, TaskStatus.SUCCEEDED, null);
        } catch (CanceledException e) {
            end(task, entry, TaskStatus.CANCELED, null);
        } catch (Throwable e) {
            Problem problem = Problem.from(e);
            if (closed) {
                // The row stays open and is settled at the next start, with what its handler finds then.
                LOG.log(System.Logger.Level.INFO, "task " + task.id() + " was cut off: " + problem);
                return;
            }
            if (problem instanceof Problem.Bug) {
                LOG.log(System.Logger.Level.ERROR, "task " + task.id() + " failed", e);
            } else {
                LOG.log(System.Logger.Level.INFO, "task " + task.id() + " failed: " + problem);
            }
            end(task, entry, TaskStatus.FAILED, problem);
        } finally {
            live.remove(task.id());
            entry.ended.countDown();
        }
    }

    /** One that was canceled while it waited never ran: it only undoes what was prepared for it. */
    private void begin(Task task, Live entry) {
        if (!entry.run.work().canceled()) {
            store.started(task.id(), now());
            events.publish(new Event.TaskChanged(task.id()));
        }
    }

    private void end(Task task, Live entry, TaskStatus status, @Nullable Problem problem) {
        try {
            Progress reached = entry.run.progress();
            Progress shown = status == TaskStatus.SUCCEEDED ? reached : reached.unfinished();
            entry.run.tellRequests();
            store.ended(task.id(), status, now(), shown, entry.run.outcome(), problem);
        } catch (RuntimeException e) {
            if (!closed) {
                throw e;
            }
            // It outlived the catalog; the next start finds out what it did.
            LOG.log(System.Logger.Level.INFO, "task " + task.id() + " ended after the console", e);
        }
        live.remove(task.id());
        events.publish(new Event.TaskChanged(task.id()));
    }

    private TaskHandler handler(TaskType type) {
        TaskHandler handler = handlers.get(type);
        if (handler == null) {
            throw new IllegalStateException("nobody does " + type);
        }
        return handler;
    }

    // ---- looking

    /** The task with this ID, with live numbers. */
    public Optional<Task> find(UUID id) {
        return store.find(id).map(this::withLiveNumbers);
    }

    /** One page: running and waiting ones first, then newest first. */
    public List<Task> list(TaskFilter filter, int offset, int limit) {
        return store.list(filter, offset, limit).stream()
                .map(this::withLiveNumbers)
                .toList();
    }

    /** How many match. */
    public long count(TaskFilter filter) {
        return store.count(filter);
    }

    /** Everything that has not ended, oldest first. */
    public List<Task> open() {
        return store.open().stream().map(this::withLiveNumbers).toList();
    }

    /** The IDs of everything that has not ended. */
    public Set<UUID> openIds() {
        return store.openIds();
    }

    /** The log of a task, oldest line first. */
    public List<TaskStep> steps(UUID id) {
        return store.steps(id);
    }

    /** How many failures nobody has looked at. */
    public long unseenFailures() {
        return store.unseenFailures();
    }

    /** Remembers that somebody has looked at the list. */
    public void markAllSeen() {
        store.markAllSeen();
    }

    private Task withLiveNumbers(Task task) {
        Live entry = live.get(task.id());
        if (entry == null || task.status().ended()) {
            return task;
        }
        Task now = task.with(task.status(), entry.progress);
        return task.status() == TaskStatus.WAITING
                ? entry.waits.map(now::because).orElse(now)
                : now;
    }

    // ---- acting

    /**
     * Waits until a task has ended.
     *
     * @throws ProblemException {@code task.missing} if there is no such task
     * @throws InterruptedException if the waiting thread is interrupted; the task goes on
     */
    public Task await(UUID id) throws InterruptedException {
        Live entry = live.get(id);
        if (entry != null) {
            entry.ended.await();
        }
        return find(id).orElseThrow(() -> missing(id));
    }

    /** Waits as {@link #await(UUID)} does, but at most {@code limit}; empty if it has not ended by then. */
    public Optional<Task> await(UUID id, Duration limit) throws InterruptedException {
        Live entry = live.get(id);
        if (entry != null && !entry.ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        return find(id);
    }

    /**
     * Asks a task to stop: one that runs ends as canceled at its next checkpoint, one that waits for a place ends at
     * once. Ended tasks are left alone.
     *
     * @throws ProblemException {@code task.missing} if there is no such task
     */
    public void cancel(UUID id) {
        Task task = find(id).orElseThrow(() -> missing(id));
        if (task.status() == TaskStatus.PAUSED && !live.containsKey(id)) {
            launch(
                    task,
                    true); // It was paused in another process, and runs once more to undo what was prepared for it.
        }
        Live entry = live.get(id);
        if (entry != null) {
            entry.run.work().cancel();
            runner.release(id);
            audit.succeeded(AuditEvent.CANCEL_TASK, target(task));
        }
    }

    /**
     * Holds a running task still at its next checkpoint. It keeps what it works on, but not its place at its location, and
     * stays paused when the program ends.
     *
     * @throws ProblemException {@code task.missing}; {@code task.not-pausable} if it does not run or its kind cannot be held
     *     still; {@code task.not-now} if what it does at this moment cannot
     */
    public Task pause(UUID id) {
        Task task = find(id).orElseThrow(() -> missing(id));
        Live entry = live.get(id);
        if (entry == null || !pausableKind(task)) {
            throw new ProblemException(Problem.of("task.not-pausable", "task", shortId(id)));
        }
        if (!entry.run.work().pause()) {
            throw new ProblemException(Problem.of("task.not-now", "task", shortId(id)));
        }
        if (!store.move(id, TaskStatus.RUNNING, TaskStatus.PAUSED)) {
            entry.run.work().resume();
            throw new ProblemException(Problem.of("task.not-pausable", "task", shortId(id)));
        }
        runner.leave(id);
        audit.succeeded(AuditEvent.PAUSE_TASK, target(task));
        events.publish(new Event.TaskChanged(id));
        return find(id).orElseThrow(() -> missing(id));
    }

    /** Whether {@link #pause} would be accepted. */
    public boolean pausable(Task task) {
        Live entry = live.get(task.id());
        return pausableKind(task) && (entry == null || entry.run.work().pausable());
    }

    private boolean pausableKind(Task task) {
        TaskHandler handler = handlers.get(task.type());
        return handler != null && task.status() == TaskStatus.RUNNING && handler.pausable();
    }

    /**
     * Lets a paused task go on, also one that was paused before the program was started.
     *
     * @throws ProblemException {@code task.missing}, or {@code task.not-paused}
     */
    public Task resume(UUID id) {
        Task task = find(id).orElseThrow(() -> missing(id));
        Live entry = live.get(id);
        TaskStatus next = entry == null ? TaskStatus.WAITING : TaskStatus.RUNNING;
        if (!store.move(id, TaskStatus.PAUSED, next)) {
            throw new ProblemException(Problem.of("task.not-paused", "task", shortId(id)));
        }
        store.goesOn(id);
        if (entry == null) {
            launch(task);
        } else {
            runner.comeBack(id);
            entry.run.work().resume();
            events.publish(new Event.TaskChanged(id));
        }
        audit.succeeded(AuditEvent.RESUME_TASK, target(task));
        return find(id).orElseThrow(() -> missing(id));
    }

    /**
     * Holds a running task still for a reason that lies outside it and is nobody's wish. As with {@link #pause} it keeps what it
     * works on; but the program lets it go on by itself: by {@link #letGo}, or at the next start.
     *
     * @param step the line of its log that says why, without {@code task.step.}
     * @return whether it ran, and can be held still
     */
    public boolean hold(UUID id, String step, Map<String, Object> args) {
        Live entry = live.get(id);
        if (entry == null
                || !pausableKind(find(id).orElseThrow(() -> missing(id)))
                || !entry.run.work().pause()) {
            return false;
        }
        if (!store.hold(id)) {
            entry.run.work().resume();
            return false;
        }
        runner.leave(id);
        entry.run.step(step, args);
        events.publish(new Event.TaskChanged(id));
        return true;
    }

    /**
     * Lets a task go on that {@link #hold} held still in this process, as soon as there is a place at its location; does nothing
     * to any other, nor to one that waits for its place already.
     *
     * @param goesOn called right before it goes on, perhaps by another thread; never if somebody else lets it go on before
     */
    public void letGo(UUID id, Runnable goesOn) {
        Live entry = live.get(id);
        if (entry == null) {
            return;
        }
        Runnable goOn = () -> {
            goesOn.run();
            goOn(id, entry);
        };
        if (runner.comeBackInTurn(id, goOn)) {
            goOn.run();
        }
    }

    private void goOn(UUID id, Live entry) {
        try {
            if (store.move(id, TaskStatus.PAUSED, TaskStatus.RUNNING)) {
                store.goesOn(id);
                entry.run.step("goes-on", Map.of());
                entry.run.work().resume();
                events.publish(new Event.TaskChanged(id));
            }
        } catch (RuntimeException e) {
            runner.leave(id); // It stands still, and others can have the place.
            throw e;
        }
    }

    /**
     * Begins none of these tasks as long as they wait, but all others: takes the place of what was said before. Those that run
     * already are left alone.
     *
     * @param waiting each with what it waits for, which is its problem until it runs
     */
    public void bar(Map<UUID, Problem> waiting) {
        runner.bar(waiting.keySet());
        live.forEach((id, entry) -> {
            Optional<Problem> why = Optional.ofNullable(waiting.get(id));
            if (!entry.waits.equals(why)) {
                entry.waits = why;
                events.publish(new Event.TaskChanged(id));
            }
        });
    }

    /**
     * Starts a failed task's work again.
     *
     * @return the new task
     * @throws ProblemException {@code task.missing}, or {@code task.not-retryable} if it did not fail or its kind
     *     cannot be repeated
     */
    public Task retry(UUID id) {
        Task task = find(id).orElseThrow(() -> missing(id));
        if (!retryable(task)) {
            throw new ProblemException(Problem.of("task.not-retryable", "task", shortId(id)));
        }
        Task again = handler(task.type()).retry(task);
        audit.succeeded(AuditEvent.RETRY_TASK, target(task));
        return again;
    }

    /** Whether {@link #retry} would be accepted. */
    public boolean retryable(Task task) {
        TaskHandler handler = handlers.get(task.type());
        return handler != null && failed(task) && handler.retryable(task);
    }

    /**
     * Deletes the record of one failed task (T3). Backups that it left in error stay.
     *
     * @throws ProblemException {@code task.missing}, {@code task.not-failed}, or {@code task.needed} as long as
     *     {@linkplain TaskHandler#needed something leans on it}
     */
    public void delete(UUID id) {
        Task task = find(id).orElseThrow(() -> missing(id));
        if (needed(task)) {
            throw new ProblemException(Problem.of(
                    "task.needed", "task", shortId(id), "target", task.subject().name()));
        }
        int deleted = catalog.transaction(() -> store.deleteFailed(Set.of(id)));
        if (deleted == 0) {
            throw new ProblemException(Problem.of("task.not-failed", "task", shortId(id)));
        }
        audit.succeeded(AuditEvent.DELETE_OPERATION_LOG, target(task));
        events.publish(new Event.TaskChanged(id));
    }

    private boolean needed(Task task) {
        TaskHandler handler = handlers.get(task.type());
        return handler != null && failed(task) && handler.needed(task);
    }

    private static boolean failed(Task task) {
        return task.status() == TaskStatus.FAILED || task.status() == TaskStatus.TIMED_OUT;
    }

    /**
     * Deletes the records of all failed tasks (T3) but those that {@linkplain TaskHandler#needed something leans on}, and says how
     * many there were.
     */
    public int clearFailed() {
        Set<UUID> unneeded = new HashSet<>();
        for (Task task : store.failed()) {
            if (!needed(task)) {
                unneeded.add(task.id());
            }
        }
        int deleted = catalog.transaction(() -> store.deleteFailed(unneeded));
        if (deleted > 0) {
            audit.succeeded(
                    AuditEvent.DELETE_OPERATION_LOG,
                    new Audit.Target("task", "*", "*"),
                    Map.of("count", deleted),
                    Map.of());
            events.publish(new Event.TaskChanged(new UUID(0, 0)));
        }
        return deleted;
    }

    // ---- life

    /**
     * Settles every task that a dead process left open (T4): one that was paused stays so; of any other its handler puts right what it left behind, and it ends as
     * failed with {@code task.interrupted}, or as succeeded where the work turned out to be done.
     */
    public void settleInterrupted() {
        for (Task task : store.open()) {
            if (live.containsKey(task.id())) {
                continue;
            }
            boolean done;
            Map<String, Object> left = Map.of();
            try {
                if (task.status() == TaskStatus.PAUSED && handler(task.type()).pausable()) {
                    handler(task.type()).keep(task);
                    continue;
                }
                done = handlers.containsKey(task.type()) && handler(task.type()).settle(task);
                if (handlers.containsKey(task.type())) {
                    left = handler(task.type()).left(task);
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "settling " + task.id(), e);
                done = false;
            }
            Problem problem = done ? null : interrupted(task);
            store.ended(
                    task.id(), done ? TaskStatus.SUCCEEDED : TaskStatus.FAILED, now(), task.progress(), left, problem);
            events.publish(new Event.TaskChanged(task.id()));
        }
    }

    /** Changes one of the things that a task ended with, because what it is about changed since. */
    public void amend(UUID ended, String name, Object value) {
        store.amend(ended, name, value);
        events.publish(new Event.TaskChanged(ended));
    }

    private static Problem interrupted(Task task) {
        return Problem.of(
                "task.interrupted",
                "task",
                shortId(task.id()),
                "time",
                task.started().orElse(task.created()));
    }

    /**
     * Before a clean stop: holds everything still that can be, so that {@link #goOn} lets it go on at the next start (Z3).
     * Nothing more starts in this process. What cannot be held still is cut off by {@link #close}; if that is only so at this
     * moment, it goes on all the same.
     */
    public void suspend() {
        runner.close();
        for (Live entry : live.values()) {
            Task task = entry.run.task();
            if (handler(task.type()).pausable() && store.suspend(task.id())) {
                // What cannot be held now is cut off in a moment; its row says that it goes on.
                boolean ignored = entry.run.work().pause();
                events.publish(new Event.TaskChanged(task.id()));
            }
        }
    }

    /** Lets go on what the last process held still because it was asked to stop. */
    public void goOn() {
        for (Task task : store.suspended()) {
            store.goesOn(task.id());
            if (!live.containsKey(task.id()) && store.move(task.id(), TaskStatus.PAUSED, TaskStatus.WAITING)) {
                launch(task);
            }
        }
    }

    /** Whether something runs or waits. */
    public boolean busy() {
        return !live.isEmpty();
    }

    /**
     * Stops: nothing more starts, what runs is cut off and waited for, up to ten seconds. That is nobody's cancel: its
     * rows stay open and are settled at the next start as interrupted, as after a crash.
     */
    @Override
    public void close() {
        closed = true;
        runner.close();
        List<Live> running = new ArrayList<>(live.values());
        running.forEach(entry -> entry.run.work().cutOff(new ProblemException(interrupted(entry.run.task()))));
        try {
            Instant limit = clock.instant().plusSeconds(10);
            for (Live entry : running) {
                if (entry.started) {
                    Duration left = Duration.between(clock.instant(), limit);
                    boolean ended = entry.ended.await(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
                    if (!ended) {
                        LOG.log(System.Logger.Level.WARNING, "a task did not stop in time");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ticker.interrupt();
    }

    private void tick() {
        Map<UUID, Progress> before = new HashMap<>();
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
            } catch (InterruptedException e) {
                return;
            }
            boolean moved = false;
            for (var entry : live.entrySet()) {
                Progress now = entry.getValue().run.progress();
                entry.getValue().progress = now;
                moved |= !now.equals(before.put(entry.getKey(), now));
            }
            before.keySet().retainAll(live.keySet());
            if (moved) {
                events.publish(new Event.TasksProgressed());
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Audit.Target target(Task task) {
        return new Audit.Target("task", task.id().toString(), task.subject().name());
    }

    private static ProblemException missing(UUID id) {
        return new ProblemException(Problem.of("task.missing", "task", id.toString()));
    }

    /** The first eight digits of an ID, as people read them. */
    static String shortId(UUID id) {
        return id.toString().substring(0, 8);
    }
}
