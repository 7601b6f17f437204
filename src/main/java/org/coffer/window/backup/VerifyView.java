package org.coffer.window.backup;

import javafx.scene.control.TextField;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.form.Choices;
import org.coffer.window.kit.form.Form;

/** How deep a check goes, and what that reads. */
final class VerifyView {
    private VerifyView() {}

    static Form of(Kit kit, VerifyModel model) {
        var choices = new Choices<>(kit, model.depth())
                .choice(
                        VerifyModel.Depth.STRUCTURE,
                        Icon.TASK,
                        kit.say("verify.structure"),
                        kit.say("verify.structure.help"));
        if (model.shares()) {
            choices.choice(VerifyModel.Depth.SHARE, Icon.VERIFY, kit.say("verify.share"), kit.say("verify.share.help"));
        }
        choices.choice(
                VerifyModel.Depth.EVERY_BYTE,
                Icon.SHIELD,
                kit.say("verify.every-byte"),
                kit.say(model.shares() ? "verify.every-byte.help" : "verify.every-byte.help.one"));
        var form = new Form(kit).add(choices);
        if (model.shares()) {
            form.include(share(kit, model));
        }
        return form.add(kit.following(kit.prose(""), model.estimate()));
    }

    /** The percentage, only there while a share is chosen. */
    private static Form share(Kit kit, VerifyModel model) {
        TextField percent = kit.field("");
        percent.setMaxWidth(88);
        percent.textProperty().bindBidirectional(model.share());
        var part = new Form(kit).field("verify.share.percent", kit.row(percent, kit.label("%")), model.shareProblem());
        WhileShown.of(part).watch(model.depth(), depth -> {
            part.setVisible(depth == VerifyModel.Depth.SHARE);
            part.setManaged(depth == VerifyModel.Depth.SHARE);
        });
        return part;
    }
}
