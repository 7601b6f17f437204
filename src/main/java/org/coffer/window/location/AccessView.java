package org.coffer.window.location;

import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Form;

/** The content of the sheet that changes how a bucket is reached. */
final class AccessView extends VBox {
    private final Kit kit;

    AccessView(Kit kit, AccessModel model) {
        super(12);
        this.kit = kit;
        TextField authority = text(model.authority(), "locations.add.authority.prompt");
        HBox.setHgrow(authority, Priority.ALWAYS);
        Label failure = kit.prose("");
        failure.getStyleClass().add("danger-text");
        WhileShown.of(failure).watch(model.failureProperty(), problem -> {
            failure.setText(
                    problem.map(cause -> kit.text().explain(cause).line()).orElse(""));
            failure.setManaged(problem.isPresent());
        });
        getChildren()
                .addAll(
                        kit.prose(kit.say("locations.access.what")),
                        new Form(kit)
                                .field(
                                        "locations.add.access-key",
                                        text(model.accessKey(), ""),
                                        model.problem("accessKey"))
                                .field("locations.add.secret-key", secret(model.secretKey()))
                                .sideBySide(2)
                                .field(
                                        "locations.add.authority",
                                        new HBox(8, authority, kit.button(model.chooseAuthority())),
                                        model.problem("authority"))
                                .field(
                                        "locations.add.proxy",
                                        text(model.proxy(), "locations.add.proxy.prompt"),
                                        model.problem("proxy"))
                                .field(
                                        "locations.add.proxy-user",
                                        text(model.proxyUser(), ""),
                                        model.problem("proxyUser"))
                                .field("locations.add.proxy-password", secret(model.proxyPassword()))
                                .sideBySide(2)
                                .field(
                                        "locations.list-delay",
                                        ListDelays.field(kit, model.listDelay()),
                                        "locations.list-delay.help",
                                        model.problem("listDelay")),
                        failure);
    }

    private TextField text(StringProperty value, String promptKey) {
        TextField field = kit.field(promptKey.isEmpty() ? "" : kit.say(promptKey));
        field.textProperty().bindBidirectional(value);
        return field;
    }

    /** What is used now is never shown. */
    private PasswordField secret(StringProperty value) {
        PasswordField field = kit.secret(kit.say("locations.access.unchanged"));
        field.textProperty().bindBidirectional(value);
        return field;
    }
}
