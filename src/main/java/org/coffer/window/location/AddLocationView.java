package org.coffer.window.location;

import java.util.Locale;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.location.Location;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolled;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The content of the sheet that adds a location. What asks for a folder and what asks for a bucket take each other's place. */
final class AddLocationView extends Scrolled {
    /** As much as a sheet has room for in a window 720 high; what is rare is scrolled to. */
    private static final double HIGHEST = 560;

    private final Kit kit;
    private final AddLocationModel model;

    AddLocationView(Kit kit, AddLocationModel model) {
        super(HIGHEST);
        this.kit = kit;
        this.model = model;
        Form folder = folder();
        Form bucket = bucket();
        Form rare = rare();
        var form = new Form(kit)
                .field("locations.add.kind", kinds())
                .include(folder)
                .include(bucket)
                .field("locations.add.name", text(model.name(), "locations.add.name.prompt"), model.problem("name"))
                .field("locations.limit", Limits.field(kit, model.limit()), model.limitProblem())
                .sideBySide(2)
                .include(rare);
        var failure = kit.prose("");
        failure.getStyleClass().add("danger-text");
        WhileShown.of(failure).watch(model.failureProperty(), problem -> {
            failure.setText(
                    problem.map(cause -> kit.text().explain(cause).line()).orElse(""));
            failure.setManaged(problem.isPresent());
        });
        WhileShown.of(form).watch(model.kind(), now -> {
            show(folder, now == Location.Kind.FOLDER);
            show(bucket, now == Location.Kind.S3);
            show(rare, now == Location.Kind.S3);
        });
        // What a trial found stands below what was typed, where nobody sees it who does not scroll.
        WhileShown.of(this)
                .watch(model.trial().reportProperty(), report -> report.ifPresent(done -> setVvalue(getVmax())))
                .watch(model.trial().problemProperty(), problem -> problem.ifPresent(cause -> setVvalue(getVmax())));
        var content = new VBox(12, form, kit.row(kit.button(model.test())), new TrialView(kit, model.trial()), failure);
        // Fields that have the focus are drawn a little larger than they are.
        content.setPadding(new Insets(2, 12, 2, 2));
        setContent(content);
        getStyleClass().add("edge-to-edge");
        WhileShown.of(content)
                .watch(model.trial().reportProperty(), report -> revealTrial())
                .watch(model.trial().problemProperty(), problem -> revealTrial());
    }

    /** What a trial found stands below all fields: it is scrolled to, so that nobody waits for an answer that is there already. */
    private void revealTrial() {
        Trial trial = model.trial();
        if (trial.reportProperty().get().isPresent()
                || trial.problemProperty().get().isPresent()) {
            Platform.runLater(() -> {
                layout();
                setVvalue(getVmax());
            });
        }
    }

    private static void show(Form part, boolean now) {
        part.setVisible(now);
        part.setManaged(now);
    }

    private HBox kinds() {
        var group = new ToggleGroup();
        HBox row = kit.row();
        row.setSpacing(24);
        for (Location.Kind kind : Location.Kind.values()) {
            RadioButton button =
                    kit.radio(kit.text().word(kind), () -> model.kind().set(kind));
            button.setToggleGroup(group);
            button.setSelected(kind == model.kind().get());
            row.getChildren().add(button);
        }
        return row;
    }

    private Form folder() {
        TextField folder = text(model.folder(), "locations.add.folder.prompt");
        HBox.setHgrow(folder, Priority.ALWAYS);
        var place = new HBox(8, folder, kit.button(model.choose()));
        return new Form(kit).field("locations.add.folder", place, "locations.add.folder.help", model.problem("folder"));
    }

    private Form bucket() {
        BucketPart part = model.bucket();
        ComboBox<Provider> provider = kit.choice(
                FXCollections.observableArrayList(Provider.values()),
                one -> one == null
                        ? ""
                        : kit.say("locations.provider." + one.name().toLowerCase(Locale.ROOT)));
        provider.valueProperty().bindBidirectional(part.provider());
        provider.setMaxWidth(Double.MAX_VALUE);
        TextField endpoint = kit.field("");
        endpoint.textProperty().bindBidirectional(part.endpoint());
        WhileShown.of(endpoint).watch(part.provider(), now -> endpoint.setPromptText(now.example()));
        PasswordField secret = kit.secret("");
        secret.textProperty().bindBidirectional(part.secretKey());
        return new Form(kit)
                .field("locations.add.provider", provider)
                .field("locations.add.region", text(part.region(), "locations.add.region.prompt"), problem("region"))
                .sideBySide(2)
                .field("locations.add.endpoint", endpoint, problem("endpoint"))
                .field("locations.add.bucket", text(part.bucket(), "locations.add.bucket.prompt"), problem("bucket"))
                .field("locations.add.prefix", text(part.prefix(), "locations.add.prefix.prompt"), problem("prefix"))
                .sideBySide(2)
                .field("locations.add.access-key", text(part.accessKey(), ""), problem("accessKey"))
                .field("locations.add.secret-key", secret, problem("secretKey"))
                .sideBySide(2);
    }

    private Form rare() {
        BucketPart part = model.bucket();
        CheckBox pathStyle = kit.checkBox(kit.say("locations.add.path-style"));
        pathStyle.selectedProperty().bindBidirectional(part.pathStyle());
        TextField authority = text(part.authority(), "locations.add.authority.prompt");
        HBox.setHgrow(authority, Priority.ALWAYS);
        PasswordField password = kit.secret("");
        password.textProperty().bindBidirectional(part.proxyPassword());
        var cost = kit.caption(kit.say("locations.add.cost"));
        cost.setWrapText(true);
        cost.setMinHeight(USE_PREF_SIZE);
        return new Form(kit)
                .add(cost)
                .more(new Form(kit)
                        .add(pathStyle)
                        .field(
                                "locations.add.authority",
                                new HBox(8, authority, kit.button(model.chooseAuthority())),
                                problem("authority"))
                        .field(
                                "locations.add.proxy",
                                text(part.proxy(), "locations.add.proxy.prompt"),
                                problem("proxy"))
                        .sideBySide(2)
                        .field("locations.add.proxy-user", text(part.proxyUser(), ""), problem("proxyUser"))
                        .field("locations.add.proxy-password", password)
                        .sideBySide(2)
                        .field(
                                "locations.list-delay",
                                ListDelays.field(kit, part.listDelay()),
                                "locations.list-delay.help",
                                problem("listDelay")));
    }

    private ObservableValue<Optional<Sentence>> problem(String field) {
        return model.problem(field);
    }

    private TextField text(StringProperty value, String promptKey) {
        TextField field = kit.field(promptKey.isEmpty() ? "" : kit.say(promptKey));
        field.textProperty().bindBidirectional(value);
        return field;
    }
}
