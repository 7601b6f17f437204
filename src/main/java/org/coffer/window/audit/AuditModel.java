package org.coffer.window.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEntry;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.audit.Caller;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.table.PagedRows;
import org.coffer.window.kit.table.Slice;
import org.coffer.window.task.Since;

/** The audit record: filtered, proven, exported. */
final class AuditModel implements AutoCloseable {
    private final Audit audit;
    private final Background background;
    private final Background.Line checking;
    private final Dialogs dialogs;
    private final Clock clock;
    private final PagedRows<AuditEntry, AuditFilter> rows;
    private final ObjectProperty<Optional<AuditEvent>> event = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Caller.From>> from = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Since>> since = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Finding>> finding = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Events.Subscription events;

    /**
     * What an act of the page found out.
     *
     * @param good whether it is good news
     * @param words the news
     * @param rest more of it; empty words if there is none
     */
    record Finding(boolean good, Sentence words, Sentence rest) {}

    AuditModel(Audit audit, Events events, Background background, Dialogs dialogs, Clock clock) {
        this.audit = audit;
        this.background = background;
        this.checking = background.line();
        this.dialogs = dialogs;
        this.clock = clock;
        this.rows = new PagedRows<>(
                background,
                entry -> Long.toString(entry.seq()),
                (filter, sort, offset, limit) ->
                        new Slice<>(audit.list(filter, offset, limit), (int) audit.count(filter)),
                AuditFilter.ALL);
        event.subscribe((old, now) -> apply());
        from.subscribe((old, now) -> apply());
        since.subscribe((old, now) -> apply());
        query.subscribe((old, now) -> apply());
        var bridge = new Bridge<>(background, () -> true, changed -> rows.refresh(), background::unhandled);
        this.events = events.subscribe(what -> {
            if (what instanceof Event.Audited) {
                bridge.changed();
            }
        });
    }

    PagedRows<AuditEntry, AuditFilter> rows() {
        return rows;
    }

    /** Only this kind of change. */
    ObjectProperty<Optional<AuditEvent>> event() {
        return event;
    }

    /** Only what came this way. */
    ObjectProperty<Optional<Caller.From>> from() {
        return from;
    }

    /** Only what is as young as this. */
    ObjectProperty<Optional<Since>> since() {
        return since;
    }

    StringProperty query() {
        return query;
    }

    /** What was found out last. */
    ReadOnlyObjectProperty<Optional<Finding>> findingProperty() {
        return finding.getReadOnlyProperty();
    }

    /** Shows everything again. */
    void clear() {
        event.set(Optional.empty());
        from.set(Optional.empty());
        since.set(Optional.empty());
        query.set("");
    }

    /** Finds where the newest line of {@code day}, or of the day before it that has any, stands in the list. */
    void find(LocalDate day, IntConsumer at) {
        AuditFilter asked = rows.filterProperty().get();
        Instant end = day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        Instant newer = asked.since().filter(end::isBefore).orElse(end);
        var later = new AuditFilter(asked.event(), asked.from(), Optional.of(newer), asked.text());
        background.work(() -> (int) audit.count(later)).then(at::accept).start();
    }

    /** Walks the chain and says whether it is whole. */
    Act verify() {
        return Act.of(
                        "audit.verify",
                        () -> checking.work(this::walk)
                                .then(found -> finding.set(Optional.of(found)))
                                .start())
                .with(Icon.VERIFY);
    }

    /** Writes exactly what is filtered to a file. */
    Act export() {
        return Act.of(
                        "audit.export",
                        () -> dialogs.save(Sentence.of("audit.export.title"), "audit.csv")
                                .ifPresent(this::write))
                .with(Icon.EXPORT);
    }

    /** Puts the last finding away. */
    void dismiss() {
        finding.set(Optional.empty());
    }

    @Override
    public void close() {
        events.close();
    }

    private Finding walk() {
        Optional<Long> broken = audit.firstBrokenLine();
        return broken.map(line -> new Finding(
                        false, Sentence.of("audit.verify.broken", "line", line), Sentence.of("audit.verify.broken.do")))
                .orElseGet(() -> new Finding(
                        true,
                        Sentence.of("audit.verify.whole", "n", audit.count(AuditFilter.ALL)),
                        Sentence.of("audit.verify.whole.why")));
    }

    private void write(Path file) {
        AuditFilter filter = rows.filterProperty().get();
        background
                .work(() -> new AuditExport(audit).write(filter, file))
                .then(lines -> finding.set(Optional.of(new Finding(
                        true, Sentence.of("audit.export.done", "n", lines), Sentence.data(file.toString())))))
                .start();
    }

    private void apply() {
        AuditFilter filter =
                new AuditFilter(event.get(), from.get(), since.get().map(span -> span.from(clock)), query.get());
        boolean filtering = event.get().isPresent()
                || from.get().isPresent()
                || since.get().isPresent()
                || !query.get().isEmpty();
        rows.filter(filter, filtering);
    }
}
