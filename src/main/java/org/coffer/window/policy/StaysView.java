package org.coffer.window.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.policy.Simulation;
import org.coffer.console.policy.Verdict;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/**
 * Six weeks of a disk's backups up to a moment that is chosen: in each day a mark for every backup that says what keeps it.
 * Solid marks stay, hollow ones are gone by then, dashed ones are yet to be made; framed ones fare otherwise than without
 * the edit, by then or after the next backup. One day is chosen, by a click or by arrow keys, Home and End: below stands what keeps its backups and when they
 * go and free, and the counts as they are and as they would be. Buttons and the page keys go back to the oldest backup and
 * forth again.
 */
final class StaysView extends VBox {
    private static final int DAYS = 7;
    private static final double CELL_WIDTH = 72;
    private static final double CELL_HEIGHT = 44;
    /** Marks that have room in one day; of more, the rest is counted. */
    private static final int MARKS = 3;

    private static final PseudoClass CURSOR = PseudoClass.getPseudoClass("cursor");

    private final Kit kit;
    private final PolicyWords words;
    private final Stays stays;
    private final ComparedView compared;
    private final GridPane calendar = new GridPane(2, 2);
    private final VBox chosen = new VBox(2);
    private final VBox counts = new VBox(4);
    private final List<Node> cells = new ArrayList<>();
    /** What each cell tells when it is chosen. */
    private final List<String> told = new ArrayList<>();

    private final Node framed;
    private final Label seen;
    private final ObjectProperty<Optional<SixWeeks>> part = new SimpleObjectProperty<>(Optional.empty());

    private int cursor = -1;
    /** How many times six weeks before the moment that is shown. */
    private int back;

    StaysView(Kit kit, Stays stays) {
        super(12);
        this.kit = kit;
        this.words = new PolicyWords(kit.text());
        this.stays = stays;
        this.compared = new ComparedView(kit);
        calendar.getStyleClass().add("stays");
        calendar.setFocusTraversable(true);
        calendar.setAccessibleRole(AccessibleRole.TEXT);
        calendar.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        calendar.focusedProperty().subscribe(focused -> choose(cursor));
        counts.getStyleClass().add("stays-counts");
        this.seen = kit.label("", "strong");
        this.framed = legend("changed", "policy.form.stays.legend.changed");
        getChildren().addAll(choices(), paging(), calendar, chosen, legend(), counts);
        WhileShown.of(this).watch(stays.outlook(), now -> now.ifPresent(this::show));
    }

    // ---- Choosing

    private Node choices() {
        ObservableList<Stays.Subject> offered = FXCollections.observableArrayList();
        ComboBox<Stays.Subject> disk = kit.choice(offered, Stays.Subject::name);
        disk.setAccessibleText(kit.say("policy.form.stays.disk"));
        disk.setOnAction(event -> {
            if (disk.getValue() != null) {
                stays.chosen().set(Optional.of(disk.getValue()));
            }
        });
        Label simulated = kit.label(kit.say("policy.form.stays.new"), "muted");
        WhileShown.of(this).watch(stays.subjects(), all -> {
            offered.setAll(all);
            stays.chosen().get().ifPresent(disk::setValue);
            see(disk, !all.isEmpty());
            see(simulated, all.isEmpty());
        });
        WhileShown.of(disk).watch(stays.chosen(), now -> now.ifPresent(disk::setValue));
        return kit.row(disk, simulated, kit.spacer(), ahead(stays.days()));
    }

    private ComboBox<Integer> ahead(ObjectProperty<Integer> days) {
        ComboBox<Integer> box = kit.choice(
                FXCollections.observableArrayList(Stays.AHEAD),
                n -> n == 0 ? kit.say("policy.form.stays.now") : kit.say("policy.form.stays.ahead", "n", n));
        box.valueProperty().bindBidirectional(days);
        box.setAccessibleText(kit.say("policy.form.stays.when"));
        return box;
    }

    private Node paging() {
        return kit.row(
                seen,
                kit.spacer(),
                kit.small(kit.button(Act.of("policy.form.stays.oldest", () -> page(Integer.MAX_VALUE))
                        .when(part.map(StaysView::before), Sentence.of("policy.form.stays.no-earlier")))),
                kit.small(kit.button(Act.of("policy.form.stays.earlier", () -> page(back + 1))
                        .when(part.map(StaysView::before), Sentence.of("policy.form.stays.no-earlier")))),
                kit.small(kit.button(Act.of("policy.form.stays.later", () -> page(back - 1))
                        .when(part.map(StaysView::after), Sentence.of("policy.form.stays.no-later")))));
    }

    private static boolean before(Optional<SixWeeks> part) {
        return part.filter(in -> in.back() < in.most()).isPresent();
    }

    private static boolean after(Optional<SixWeeks> part) {
        return part.filter(in -> in.back() > 0).isPresent();
    }

    /** Shows another part of the calendar; the nearest one that there is. */
    private void page(int wanted) {
        back = Math.max(0, wanted);
        stays.outlook().get().ifPresent(this::show);
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }

    // ---- Showing

    private void show(Stays.Outlook outlook) {
        ZoneId zone = kit.clock().getZone();
        Simulation then = outlook.then();
        LocalDate shown = LocalDate.ofInstant(then.asOf(), zone);
        SixWeeks weeks = SixWeeks.of(
                shown,
                then.entries().stream()
                        .findFirst()
                        .map(entry -> LocalDate.ofInstant(entry.created(), zone))
                        .orElse(shown),
                back);
        back = weeks.back();
        part.set(Optional.of(weeks));
        LocalDate first = weeks.first();
        seen.setText(kit.say(
                "policy.form.stays.seen",
                "from",
                first.toString(),
                "until",
                weeks.last().toString()));
        Map<LocalDate, List<Simulation.Entry>> byDay = then.entries().stream()
                .collect(Collectors.groupingBy(entry -> LocalDate.ofInstant(entry.created(), zone)));
        Map<Object, Boolean> before = fates(outlook.now());
        Set<UUID> deleted = outlook.effect().all().map(Backup::id).collect(Collectors.toSet());
        see(framed, outlook.now().isPresent());
        calendar.getChildren().clear();
        cells.clear();
        told.clear();
        for (DayOfWeek day : DayOfWeek.values()) {
            calendar.add(kit.caption(words.weekday(day)), day.getValue() - 1, 0);
        }
        LocalDate today = LocalDate.ofInstant(kit.clock().instant(), zone);
        for (int i = 0; i < SixWeeks.DAYS; i++) {
            LocalDate day = first.plusDays(i);
            List<Simulation.Entry> made = byDay.getOrDefault(day, List.of());
            Node cell = cell(day, made, then, entry -> otherwise(entry, then, before, deleted), today);
            int at = i;
            cell.setOnMouseClicked(event -> {
                calendar.requestFocus();
                choose(at);
            });
            cells.add(cell);
            told.add(made.isEmpty() ? kit.say("policy.form.stays.nothing", "day", day.toString()) : told(made, then));
            calendar.add(cell, i % DAYS, 1 + i / DAYS);
        }
        choose(cursor);
        count(outlook);
    }

    private String told(List<Simulation.Entry> entries, Simulation then) {
        return entries.stream().map(entry -> told(entry, then)).collect(Collectors.joining("\n"));
    }

    // ---- Choosing a day

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.PAGE_UP || event.getCode() == KeyCode.PAGE_DOWN) {
            event.consume();
            if (event.getCode() == KeyCode.PAGE_UP) {
                page(event.isShortcutDown() ? Integer.MAX_VALUE : back + 1);
            } else {
                page(event.isShortcutDown() ? 0 : back - 1);
            }
            return;
        }
        int from = cursor < 0 ? cells.size() - 1 : cursor;
        int to = switch (event.getCode()) {
            case LEFT -> from - 1;
            case RIGHT -> from + 1;
            case UP -> from - DAYS;
            case DOWN -> from + DAYS;
            case HOME -> 0;
            case END -> cells.size() - 1;
            default -> -1;
        };
        if (to >= 0 && to < cells.size()) {
            event.consume();
            choose(to);
        }
    }

    /** Tells of one day; −1 for none yet. */
    private void choose(int at) {
        cursor = at;
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).pseudoClassStateChanged(CURSOR, i == cursor);
        }
        boolean any = at >= 0 && at < told.size();
        see(chosen, any);
        if (any) {
            Label words = kit.prose(told.get(at));
            words.setMinHeight(USE_PREF_SIZE);
            chosen.getChildren().setAll(words);
            calendar.setAccessibleText(told.get(at));
        } else {
            calendar.setAccessibleText(kit.say("policy.form.stays"));
        }
    }

    /** Whether each backup is there at the end, without the edit. */
    private static Map<Object, Boolean> fates(Optional<Simulation> now) {
        Map<Object, Boolean> fates = new HashMap<>();
        now.ifPresent(simulation ->
                simulation.entries().forEach(entry -> fates.put(key(entry), entry.there(simulation.asOf()))));
        return fates;
    }

    /** What tells a backup from others in two simulations: its ID, or the moment at which it would be made. */
    private static Object key(Simulation.Entry entry) {
        return entry.backup().<Object>map(Backup::id).orElse(entry.created());
    }

    private Node cell(
            LocalDate day,
            List<Simulation.Entry> entries,
            Simulation then,
            Predicate<Simulation.Entry> otherwise,
            LocalDate today) {
        var marks = new HBox(2);
        entries.stream()
                .limit(entries.size() > MARKS ? MARKS - 1 : MARKS)
                .forEach(entry -> marks.getChildren().add(mark(entry, then, otherwise.test(entry))));
        if (entries.size() > MARKS) {
            Label more = kit.label(kit.say("policy.form.stays.more", "n", entries.size() - MARKS + 1), "caption");
            Tooltip.install(more, kit.tip(told(entries, then)));
            marks.getChildren().add(more);
        }
        var cell = new VBox(2, kit.caption(number(day)), marks);
        cell.getStyleClass().add("stays-day");
        if (day.equals(today)) {
            cell.getStyleClass().add("today");
        }
        cell.setMinSize(CELL_WIDTH, CELL_HEIGHT);
        cell.setMaxSize(CELL_WIDTH, CELL_HEIGHT);
        return cell;
    }

    /** Whether the edit lets it go or keeps it at the moment that is shown, or lets it go soon after: by the next backup. */
    private static boolean otherwise(
            Simulation.Entry entry, Simulation then, Map<Object, Boolean> before, Set<UUID> deleted) {
        boolean soon = entry.backup().map(Backup::id).filter(deleted::contains).isPresent();
        return soon || (!before.isEmpty() && before.getOrDefault(key(entry), false) != entry.there(then.asOf()));
    }

    private Label mark(Simulation.Entry entry, Simulation then, boolean otherwise) {
        boolean there = entry.there(then.asOf());
        Label mark = kit.label(letter(entry), "stays-mark");
        mark.getStyleClass().add(there ? "kept" : "gone");
        if (entry.broken()) {
            mark.getStyleClass().add("broken");
        }
        if (entry.backup().isEmpty()) {
            mark.getStyleClass().add("simulated");
        }
        if (otherwise) {
            mark.getStyleClass().add("changed");
        }
        mark.setTooltip(kit.tip(told(entry, then)));
        return mark;
    }

    /** The letter of the strongest reason; of one that is gone, a dash. */
    private String letter(Simulation.Entry entry) {
        return entry.reasons().stream()
                .findFirst()
                .map(reason -> kit.say("policy.form.stays.letter."
                        + reason.keeper()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', '-')))
                .orElse("–");
    }

    private String told(Simulation.Entry entry, Simulation then) {
        String name = entry.backup().map(Backup::name).orElseGet(() -> kit.say("policy.form.stays.simulated"));
        List<String> lines = new ArrayList<>();
        lines.add(name + " · " + kit.formats().time(entry.created()));
        if (entry.there(then.asOf())) {
            entry.reasons().stream()
                    .map((Verdict.Reason reason) -> words.reason(reason))
                    .forEach(lines::add);
        }
        goes(entry).ifPresent(lines::add);
        return String.join("\n", lines);
    }

    /** When it goes, and of a real one what that frees. */
    private Optional<String> goes(Simulation.Entry entry) {
        if (entry.backup().isEmpty()) {
            return entry.goesAt().map(at -> kit.say("policy.form.stays.goes", "time", at));
        }
        return Optional.of(entry.goesAt()
                .map(at -> kit.say("policy.form.stays.goes-frees", "time", at, "bytes", entry.frees()))
                .orElseGet(() -> kit.say("policy.form.stays.frees", "bytes", entry.frees())));
    }

    private Node legend() {
        HBox row = kit.row(
                legend("kept", "policy.form.stays.legend.kept"),
                legend("gone", "policy.form.stays.legend.gone"),
                legend("simulated", "policy.form.stays.legend.simulated"),
                framed);
        row.setSpacing(16);
        return row;
    }

    private Node legend(String style, String key) {
        Label mark = kit.label(" ", "stays-mark", style);
        return kit.row(mark, kit.caption(kit.say(key)));
    }

    // ---- Counting

    private void count(Stays.Outlook outlook) {
        counts.getChildren().clear();
        Counted.lines(outlook).forEach(line -> counts.getChildren().add(kit.prose(kit.say(line))));
        if (outlook.then().broken() > 0) {
            Label broken = kit.prose(
                    kit.say("policy.form.stays.broken", "n", outlook.then().broken()));
            broken.setGraphic(kit.icon(Icon.WARN, Tone.DANGER));
            counts.getChildren().add(broken);
        }
        outlook.room().ifPresent(room -> counts.getChildren().add(room(room)));
        Counted.deletes(outlook).ifPresent(deletes -> {
            Label warning = kit.prose(kit.say(deletes));
            warning.getStyleClass().add("strong");
            counts.getChildren().add(warning);
            Counted.when(outlook.effect()).forEach(line -> counts.getChildren().add(kit.prose(kit.say(line))));
        });
        outlook.now().ifPresent(now -> counts.getChildren().add(compared.of(now, outlook.then())));
    }

    private Label room(Room room) {
        Label label = kit.prose(kit.say(
                room.over() ? "policy.form.stays.room.over" : "policy.form.stays.room",
                "vault",
                room.vault(),
                "bytes",
                room.bytes(),
                "capacity",
                room.capacity()));
        if (room.over()) {
            label.setGraphic(kit.icon(Icon.WARN, Tone.ATTENTION));
        }
        return label;
    }

    /** The day of the month; the first of one names that. */
    private String number(LocalDate day) {
        return day.getDayOfMonth() == 1
                ? kit.say("policy.form.stays.first", "month", words.month(day.getMonth()))
                : Integer.toString(day.getDayOfMonth());
    }
}
