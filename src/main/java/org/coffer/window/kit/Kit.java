package org.coffer.window.kit;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.WindowEvent;
import javafx.util.Duration;
import org.coffer.text.Formats;
import org.coffer.text.Text;

/**
 * Makes every control of the window, in one language. Controls are only made here, because JavaFX's own defaults hurt:
 * buttons swallow the underscores of names, disabled controls cannot say why, font icons have no name for screen
 * readers.
 *
 * <p>A kit is immutable and lives as long as its language is shown; views take it as a parameter and do not keep it
 * beyond their own life.
 */
public final class Kit {
    private static final Duration TOOLTIP_DELAY = Duration.millis(400);

    private final Text text;
    private final LayoutMemory memory;
    private final Clock clock;

    /**
     * A kit that speaks {@code text}.
     *
     * @param memory remembers how tables were arranged
     * @param clock stamps what is copied as details
     */
    public Kit(Text text, LayoutMemory memory, Clock clock) {
        this.clock = clock;
        this.text = text;
        this.memory = memory;
    }

    /** All sentences of the language shown. */
    public Text text() {
        return text;
    }

    /** How sizes, times and numbers are written. */
    public Formats formats() {
        return text.formats();
    }

    /** Remembers how the user arranged things. */
    public LayoutMemory memory() {
        return memory;
    }

    /** The time. */
    public Clock clock() {
        return clock;
    }

    /** The words for {@code key}, placeholder names and values in turn; a key that begins with {@code =} is data. */
    public String say(String key, Object... namesAndValues) {
        return Sentence.dataIn(key).orElseGet(() -> text.get(key, namesAndValues));
    }

    /** The words of a sentence; data is said as it is, a problem in one line. */
    public String say(Sentence sentence) {
        return sentence.problem()
                .map(problem -> text.explain(problem).line())
                .orElseGet(() -> say(sentence.key(), sentence.args().toArray()));
    }

    // ---- Words on the page

    /** Text of 13 px. */
    public Label label(String words) {
        return styled(new Label(words));
    }

    /** Text of 13 px in {@code styleClasses}, such as {@code muted} or {@code strong}. */
    public Label label(String words, String... styleClasses) {
        return styled(new Label(words), styleClasses);
    }

    /** Muted text of 12 px. */
    public Label caption(String words) {
        return styled(new Label(words), "caption");
    }

    /** A section's heading, 15 px. */
    public Label section(String words) {
        return styled(new Label(words), "section");
    }

    /** A page's title, 20 px. */
    public Label pageTitle(String words) {
        return styled(new Label(words), "page-title");
    }

    /** Running text that wraps; lines are at most 720 px long. */
    public Label prose(String words) {
        Label label = styled(new Label(words));
        label.setWrapText(true);
        label.setMaxWidth(720);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** A state in a table or a line: icon and words. */
    public Label state(State state) {
        Label label = new Label();
        label.getStyleClass().add("state");
        show(label, state);
        return label;
    }

    /** A state in a page's header: a filled pill. */
    public Label pill(State state) {
        Label label = new Label();
        label.getStyleClass().add("pill");
        show(label, state);
        return label;
    }

    /** Shows another state in a label made by {@link #state} or {@link #pill}. */
    public void show(Label label, State state) {
        String words = say(state.words());
        label.setText(words);
        // Cells come here for every row that scrolls by: what stays the same is left alone.
        if (label.getUserData() != state.icon()) {
            label.setUserData(state.icon());
            label.setGraphic(state.icon().node());
        }
        String tone = state.tone().styleClass();
        if (!label.getStyleClass().contains(tone)) {
            label.getStyleClass().removeIf(name -> name.startsWith("tone-"));
            label.getStyleClass().add(tone);
        }
        if (state.detail().isPresent() || label.getTooltip() != null) {
            label.setTooltip(state.detail().map(this::say).map(this::tip).orElse(null));
        }
        label.setAccessibleText(say("kit.state.spoken", "state", words)
                + state.detail().map(detail -> ", " + say(detail)).orElse(""));
    }

    // ---- Acts

    /** An ordinary button. */
    public Button button(Act act) {
        return Unavailable.wire(this, plain(new Button()), act);
    }

    /** The one primary button of a page or sheet: accent, or red if the act is dangerous. */
    public Button primary(Act act) {
        Button button = button(act);
        button.getStyleClass().add(act.dangerous() ? "danger" : "accent");
        return button;
    }

    /** A button without a border, for acts of second rank. */
    public Button flat(Act act) {
        Button button = button(act);
        button.getStyleClass().add("flat");
        if (act.dangerous()) {
            button.getStyleClass().add("danger-text");
        }
        return button;
    }

    /** A button of an icon alone; the words become tooltip and accessible text. The act must have an icon. */
    public Button iconButton(Act act) {
        Button button = flat(act);
        button.getStyleClass().add("icon-button");
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        return button;
    }

    /** A small version of a control made here: 12 px, 28 px high. */
    public <T extends Region> T small(T control) {
        control.getStyleClass().add("small-button");
        return control;
    }

    /** An act as a text link. */
    public Hyperlink link(Act act) {
        Hyperlink link = Unavailable.wire(this, plain(new Hyperlink()), act);
        if (act.dangerous()) {
            link.getStyleClass().add("danger-text");
        }
        return link;
    }

    /** Shows another act in a link, as it is now; for cells, whose acts are as fresh as their row. */
    public void show(Hyperlink link, Act act) {
        Unavailable.show(this, link, act);
    }

    /** A name that leads to its page. */
    public Hyperlink nameLink(String name, Runnable open) {
        Hyperlink link = plain(new Hyperlink(name));
        link.getStyleClass().add("name-link");
        link.setOnAction(event -> open.run());
        return link;
    }

    /** An act in a menu. One that is not possible stays there, dimmed, with the reason below. */
    public MenuItem item(Act act) {
        return ActItem.of(this, act);
    }

    /** A context menu of {@code acts}. */
    public ContextMenu menu(List<Act> acts) {
        ContextMenu menu = emptyMenu();
        menu.getItems().setAll(acts.stream().map(this::item).toList());
        return menu;
    }

    /**
     * A menu whose entries can be reached with the arrow keys as soon as it is open, whatever opened it. By itself a context menu
     * has no focus until the mouse moves over it, and the keys go to what lies below.
     */
    public static ContextMenu emptyMenu() {
        var menu = new ContextMenu();
        menu.addEventHandler(
                WindowEvent.WINDOW_SHOWN, event -> menu.getSkin().getNode().requestFocus());
        return menu;
    }

    /** The ⋯ button; {@code acts} are asked for each time it opens. */
    public MenuButton more(Supplier<List<Act>> acts) {
        MenuButton button = plain(new MenuButton());
        button.getStyleClass().addAll("flat", "more-button", "icon-button", "small-button");
        button.setGraphic(Icon.MORE.node());
        button.setAccessibleText(say("kit.more"));
        button.setTooltip(tip(say("kit.more")));
        fillOnShowing(button, acts);
        return button;
    }

    /** A button with words that opens a menu; {@code acts} are asked for each time it opens. */
    public MenuButton menuButton(String words, Supplier<List<Act>> acts) {
        MenuButton button = plain(new MenuButton(words));
        fillOnShowing(button, acts);
        return button;
    }

    private void fillOnShowing(MenuButton button, Supplier<List<Act>> acts) {
        // An empty menu never shows, so one item stands in until the real ones are asked for.
        button.getItems().setAll(new CustomMenuItem());
        button.setOnShowing(event ->
                button.getItems().setAll(acts.get().stream().map(this::item).toList()));
    }

    // ---- Fields

    /** A tick box. */
    public CheckBox checkBox(String words) {
        return plain(new CheckBox(words));
    }

    /**
     * One of several choices.
     *
     * @param chosen is run whenever it becomes the chosen one, by the mouse or by arrow keys, which fire no button
     */
    public RadioButton radio(String words, Runnable chosen) {
        RadioButton button = plain(new RadioButton(words));
        button.selectedProperty().subscribe((was, now) -> {
            if (now) {
                chosen.run();
            }
        });
        return button;
    }

    /** A button that stays in. */
    public ToggleButton toggle(String words) {
        return plain(new ToggleButton(words));
    }

    /** A field for a line of text. */
    public TextField field(String prompt) {
        var field = new TextField();
        field.setPromptText(prompt);
        return field;
    }

    /** A field for a secret: what is typed is not shown. */
    public PasswordField secret(String prompt) {
        var field = new PasswordField();
        field.setPromptText(prompt);
        return field;
    }

    /** A list to choose one from. */
    public <T> ComboBox<T> choice(ObservableList<T> items, Function<? super T, String> words) {
        var box = new ComboBox<>(items);
        box.setCellFactory(list -> new ChoiceCell<>(words));
        box.setButtonCell(new ChoiceCell<>(words));
        // A choice that is on the list no more is named by this.
        box.setConverter(new Named<>(words));
        return box;
    }

    // ---- Small things

    /** A tooltip, soon enough to be found and late enough not to annoy. */
    public Tooltip tip(String words) {
        var tip = new Tooltip(words);
        tip.setShowDelay(TOOLTIP_DELAY);
        tip.setShowDuration(Duration.seconds(30));
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        return tip;
    }

    /** An icon in a colour. */
    public Node icon(Icon icon, Tone tone) {
        var node = icon.node();
        var holder = new HBox(node);
        // The row it stands in decides whether it is in the middle or at the top.
        holder.setMaxHeight(Region.USE_PREF_SIZE);
        holder.getStyleClass().addAll("state", tone.styleClass());
        holder.setAlignment(javafx.geometry.Pos.CENTER);
        return holder;
    }

    /** A value that is copied by one click, such as an ID: small and muted, with <em>Copied</em> in its place. */
    public Region copyable(String value) {
        return new Copyable(this, value);
    }

    /** Nodes in a row, 8 apart, centred. */
    public HBox row(Node... nodes) {
        var row = new HBox(8, nodes);
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return row;
    }

    /** Nodes in a column, {@code gap} apart. */
    public VBox column(double gap, Node... nodes) {
        return new VBox(gap, nodes);
    }

    /** Room that takes what is left over in a row. */
    public Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    /** Words that follow a value while they are on the page. */
    public <L extends javafx.scene.control.Labeled> L following(L label, ObservableValue<Sentence> sentence) {
        WhileShown.of(label).watch(sentence, now -> label.setText(say(now)));
        label.setText(say(sentence.getValue()));
        return label;
    }

    /** The rule for every control that shows names: underscores are underscores. */
    static <C extends javafx.scene.control.Labeled> C plain(C control) {
        control.setMnemonicParsing(false);
        return control;
    }

    private static Label styled(Label label, String... styleClasses) {
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    private static final class ChoiceCell<T> extends ListCell<T> {
        private final Function<? super T, String> words;

        ChoiceCell(Function<? super T, String> words) {
            this.words = words;
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? "" : words.apply(item));
        }
    }
}
