package org.coffer.window.policy;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.vault.Vault;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;
import org.coffer.window.kit.form.FormPage;
import org.coffer.window.kit.page.Tabs;
import org.coffer.window.location.Limits;

/** The form of a policy: 440 wide, with what will happen beside it. */
final class PolicyFormView {
    private static final double FORM = 440;
    private static final double HAPPENS = 520;
    private static final double NUMBER = 72;
    private static final double PERIOD = 52;

    private final Kit kit;
    private final PolicyFormModel model;
    private final Drafted draft;

    PolicyFormView(Kit kit, PolicyFormModel model) {
        this.kit = kit;
        this.model = model;
        this.draft = model.draft();
    }

    FormPage page() {
        return new FormPage(
                        kit,
                        model.edited().isPresent() ? "policy.form.edit" : "policy.form.create",
                        Act.of("policies.title", model::cancel),
                        form(),
                        FORM,
                        happens(),
                        HAPPENS,
                        Act.of(model.title(), model::save),
                        Optional.empty())
                .dangerousWhile(model.deletes());
    }

    private Region happens() {
        var tabs = new Tabs(kit, model.tab())
                .tab(PolicyFormModel.NEXT_RUNS, "policy.form.runs")
                .tab(PolicyFormModel.STAYS, "policy.form.stays");
        Node runs = new NextRunsView(kit, model);
        Node stays = new StaysView(kit, model.stays());
        seen(runs, model.tab().map(PolicyFormModel.NEXT_RUNS::equals));
        seen(stays, model.tab().map(PolicyFormModel.STAYS::equals));
        return kit.column(12, tabs, runs, stays);
    }

    private Form form() {
        Form form = new Form(kit).field("policy.form.name", name(), model.problem("name"));
        if (model.edited().isEmpty()) {
            form.field("policy.form.kind", kinds(draft.kind, PolicyKind.values(), kind -> switch (kind) {
                case BACKUP -> "policy.form.kind.backup";
                case REPLICATION -> "policy.form.kind.replication";
            }));
        }
        Form target = new Form(kit).field("policy.form.to", target(), "policy.form.to.help", model.problem("to"));
        seen(target, draft.kind.map(PolicyKind.REPLICATION::equals));
        form.include(target).field("policy.form.times", times(), model.problem("times"));
        if (draft.zones().size() > 1) {
            form.field("policy.form.zone", zone(), "policy.form.zone.help");
        }
        form.field("policy.form.days", days(), model.problem("days"))
                .field("policy.form.keep", keep(), model.problem("retention"));
        Form full = new Form(kit).field("policy.form.full", full(), "policy.form.full.help", model.problem("full"));
        seen(full, draft.kind.map(PolicyKind.BACKUP::equals));
        return form.include(full).more(rare());
    }

    /** Where the copies go; what is kept there is kept by this policy's own rule. */
    private Node target() {
        ComboBox<Vault> box = kit.choice(
                model.targets(),
                vault -> kit.say("vault.migrate.named", "name", vault.name(), "location", vault.locationName()));
        box.setMaxWidth(Double.MAX_VALUE);
        box.setPromptText(kit.say("policy.form.to.prompt"));
        box.setOnAction(event ->
                Optional.ofNullable(box.getValue()).ifPresent(vault -> draft.target.set(Optional.of(vault.id()))));
        Runnable show = () -> box.setValue(model.targets().stream()
                .filter(vault -> draft.target.get().equals(Optional.of(vault.id())))
                .findFirst()
                .orElse(null));
        WhileShown.of(box).watch(draft.target, now -> show.run());
        WhileShown.of(box).add(() -> model.targets().subscribe(show));
        return box;
    }

    private Node name() {
        TextField name = kit.field("");
        name.textProperty().bindBidirectional(draft.name);
        HBox.setHgrow(name, Priority.ALWAYS);
        CheckBox enabled = kit.checkBox(kit.say("policy.form.enabled"));
        enabled.selectedProperty().bindBidirectional(draft.enabled);
        enabled.setMinWidth(CheckBox.USE_PREF_SIZE);
        return spread(name, enabled);
    }

    // ---- When

    private Node times() {
        return kit.column(8, new TimesField(kit, draft), new BusyView(kit, model.busy(), draft));
    }

    /** Only where a plan runs by another wall clock than this computer's; which is the one that it can be changed to. */
    private Node zone() {
        ZoneId here = draft.zones().getLast();
        ComboBox<ZoneId> box = kit.choice(
                FXCollections.observableArrayList(draft.zones()),
                zone -> zone.equals(here) ? kit.say("policy.form.zone.here", "zone", zone.getId()) : zone.getId());
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().bindBidirectional(draft.zone);
        return box;
    }

    private Node days() {
        Node weekdays = weekdays();
        Node interval = kit.row(
                kit.label(kit.say("policy.form.every")),
                number(draft.interval, "policy.form.interval"),
                kit.label(kit.say("policy.form.days-unit")));
        CheckBox restart = kit.checkBox(kit.say("policy.form.restart"));
        restart.selectedProperty().bindBidirectional(draft.restart);
        seen(restart, model.restartable());
        seen(weekdays, draft.daysKind.map(Drafted.DaysKind.WEEKLY::equals));
        seen(interval, draft.daysKind.map(kind -> kind != Drafted.DaysKind.WEEKLY));
        return kit.column(
                8,
                kinds(draft.daysKind, Drafted.DaysKind.values(), kind -> switch (kind) {
                    case WEEKLY -> "policy.form.days.weekly";
                    case EVERY -> "policy.form.days.every";
                    case OF_MONTH -> "policy.form.days.of-month";
                }),
                weekdays,
                interval,
                restart);
    }

    private Node weekdays() {
        var words = new PolicyWords(kit.text());
        HBox row = kit.row();
        for (DayOfWeek day : DayOfWeek.values()) {
            ToggleButton button = kit.small(kit.toggle(words.weekday(day)));
            button.getStyleClass().add("weekday");
            button.setOnAction(event -> draft.choose(day, button.isSelected()));
            WhileShown.of(button).watch(draft.weekdays, now -> button.setSelected(now.contains(day)));
            row.getChildren().add(button);
        }
        row.setSpacing(4);
        return row;
    }

    // ---- How long

    private Node keep() {
        Node count = kit.row(
                kit.label(kit.say("policy.form.newest")),
                number(draft.count, "policy.form.keep.count"),
                kit.label(kit.say("policy.form.per-disk")));
        Node besides = kit.column(
                4,
                kit.caption(kit.say("policy.form.besides")),
                spread(
                        period(draft.daily, "policy.form.daily"),
                        period(draft.weekly, "policy.form.weekly"),
                        period(draft.monthly, "policy.form.monthly"),
                        period(draft.yearly, "policy.form.yearly")));
        VBox counted = kit.column(8, count, besides);
        ComboBox<Integer> spans = kit.choice(
                FXCollections.observableArrayList(Drafted.SPANS),
                months -> months == 0
                        ? kit.say("policy.form.span.days")
                        : kit.say("policy.words.for-months", "n", months));
        spans.valueProperty().bindBidirectional(draft.months);
        spans.setAccessibleText(kit.say("policy.form.keep"));
        TextField days = number(draft.keepDays, "policy.form.span.days");
        seen(days, draft.months.map(months -> months == 0));
        Node timed = kit.row(spans, days);
        seen(counted, draft.keepKind.map(Drafted.KeepKind.COUNT::equals));
        seen(timed, draft.keepKind.map(Drafted.KeepKind.TIME::equals));
        return kit.column(
                8,
                kinds(draft.keepKind, Drafted.KeepKind.values(), kind -> switch (kind) {
                    case COUNT -> "policy.form.keep.count";
                    case TIME -> "policy.form.keep.time";
                    case FOREVER -> "policy.form.keep.forever";
                }),
                counted,
                timed);
    }

    private HBox spread(Node... nodes) {
        HBox row = kit.row(nodes);
        row.setSpacing(12);
        return row;
    }

    private Node period(StringProperty value, String key) {
        TextField field = number(value, key);
        field.setPrefWidth(PERIOD);
        return kit.row(kit.label(kit.say(key)), field);
    }

    private Node full() {
        return kit.row(
                kit.label(kit.say("policy.form.full.after")),
                number(draft.fullEvery, "policy.form.full"),
                kit.label(kit.say("policy.form.full.unit")));
    }

    // ---- Rarely

    private Form rare() {
        ComboBox<Missed> missed = kit.choice(FXCollections.observableArrayList(Missed.values()), kit.text()::word);
        missed.valueProperty().bindBidirectional(draft.missed);
        CheckBox battery = kit.checkBox(kit.say("policy.form.not-on-battery"));
        battery.selectedProperty().bindBidirectional(draft.notOnBattery);
        CheckBox metered = kit.checkBox(kit.say("policy.form.not-metered"));
        metered.selectedProperty().bindBidirectional(draft.notMetered);
        Node hours = kit.row(
                time(draft.from, "policy.form.hours.from"),
                kit.label(kit.say("policy.form.hours.until")),
                time(draft.until, "policy.form.hours.until"));
        return new Form(kit)
                .field("policy.form.missed", missed, "policy.form.missed.help")
                .add(battery)
                .add(metered)
                .field("policy.form.hours", hours, "policy.form.hours.help", model.problem("conditions"))
                .field(
                        "locations.limit",
                        Limits.field(kit, draft.limit),
                        "policy.form.limit.help",
                        model.problem("limit"));
    }

    // ---- Controls

    private TextField number(StringProperty value, String key) {
        TextField field = kit.field("");
        field.setPrefWidth(NUMBER);
        field.setMaxWidth(NUMBER);
        field.setAccessibleText(kit.say(key));
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private TextField time(StringProperty value, String key) {
        TextField field = number(value, key);
        field.setPromptText(kit.say("policy.form.time.prompt"));
        return field;
    }

    private <T> HBox kinds(ObjectProperty<T> chosen, T[] all, Function<T, String> words) {
        var group = new ToggleGroup();
        HBox row = kit.row();
        row.setSpacing(16);
        for (T kind : all) {
            RadioButton button = kit.radio(kit.say(words.apply(kind)), () -> chosen.set(kind));
            button.setToggleGroup(group);
            WhileShown.of(button).watch(chosen, now -> button.setSelected(kind.equals(now)));
            row.getChildren().add(button);
        }
        return row;
    }

    private static void seen(Node node, javafx.beans.value.ObservableValue<Boolean> when) {
        WhileShown.of(node).watch(when, now -> {
            node.setVisible(now);
            node.setManaged(now);
        });
    }
}
