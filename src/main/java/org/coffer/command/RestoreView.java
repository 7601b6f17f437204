package org.coffer.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Difference;
import org.coffer.console.restore.Growth;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Preview;
import org.coffer.console.restore.Receipt;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptSheet;

/** Restores as the command line shows them: what is going to happen, what did, and receipts. */
final class RestoreView {
    private final Context context;
    private final Text text;

    RestoreView(Context context) {
        this.context = context;
        this.text = context.text();
    }

    /** What stays as it is, what is not there, and about how long it takes. */
    void preview(Plan plan) {
        Preview preview = plan.preview();
        names("command.restore.untouched", preview.untouched());
        names("command.restore.missing", preview.missing());
        preview.estimate().ifPresent(took -> context.output().note(text.get("command.restore.estimate", "took", took)));
    }

    private void names(String key, List<Disk> disks) {
        if (!disks.isEmpty()) {
            context.output()
                    .note(text.get(key, "disks", disks.stream().map(Disk::name).toList()));
        }
    }

    /** That all of a larger disk could be used. */
    void growable(Plan plan, Growth.Offered offer) {
        context.output()
                .note(text.get(
                        "command.restore.growable",
                        "target",
                        plan.targetName(),
                        "format",
                        offer.format(),
                        "from",
                        offer.from(),
                        "to",
                        offer.to()));
    }

    /** What somebody says yes to. */
    String question(Plan plan, NewRestore wanted, Optional<Difference> counted, Optional<Growth.Offered> growth) {
        String what = text.get(
                plan.overwritesSystem() ? "command.restore.confirm.system" : "command.restore.confirm",
                "target",
                plan.targetName(),
                "path",
                plan.path().toString(),
                "backup",
                plan.backup().name(),
                "time",
                plan.backup().createdAt());
        String howMuch = counted.map(found ->
                        text.get("command.restore.confirm.counted", "bytes", found.bytes(), "n", found.blocks()))
                .orElse("");
        String grows = growth.map(offer -> text.get(
                        "command.restore.confirm.grow",
                        "format",
                        offer.format(),
                        "from",
                        offer.from(),
                        "to",
                        offer.to()))
                .orElse("");
        return Text.joined(what, howMuch, grows, wayBack(plan, wanted));
    }

    private String wayBack(Plan plan, NewRestore wanted) {
        Optional<Preview.Safety> safety = plan.preview().safetyCopy();
        return safety.flatMap(one -> one.undoable(wanted.safetyCopy()))
                .map(until -> text.get("command.restore.confirm.kept", "time", until))
                .orElseGet(() -> text.get(
                        safety.filter(one -> one.until().isEmpty()).isPresent()
                                ? "command.restore.confirm.nothing"
                                : "command.restore.confirm.lost"));
    }

    /** A restore that ended well, or the undoing of one. */
    void done(Task ended, Plan plan, boolean verified, Optional<Difference> counted) {
        Receipt receipt = context.services().restores().receipt(ended.id());
        Fields fields = new Fields()
                .with("task", ended.id())
                .with("target", plan.path())
                .with("bytesCompared", receipt.bytes().compared())
                .with("bytesWritten", receipt.bytes().written())
                .with("bytesVerified", receipt.bytes().verified())
                .with("seconds", Waits.seconds(ended))
                .with("safetyCopy", receipt.safetyCopy().map(Receipt.Copy::backup))
                .with("undoUntil", receipt.safetyCopy().flatMap(Receipt.Copy::until));
        counted.ifPresent(
                found -> fields.with("bytesDiffering", found.bytes()).with("blocksDiffering", found.blocks()));
        grown(fields, receipt);
        String done = text.get(
                verified ? "command.restore.done" : "command.restore.unverified",
                "target",
                plan.targetName(),
                "written",
                receipt.bytes().written(),
                "took",
                ended.took(context.clock().instant()));
        context.output().show(fields, done);
        receipt.grown().map(this::said).ifPresent(context.output()::note);
        receipt.aftercare().forEach(care -> context.output().note(text.word(care)));
        receipt.safetyCopy()
                .flatMap(Receipt.Copy::until)
                .ifPresent(until -> context.output()
                        .note(text.get(
                                "command.restore.undoable",
                                "time",
                                until,
                                "task",
                                ended.id().toString().substring(0, 8))));
    }

    private String said(Receipt.Grown grown) {
        return grown.problem()
                .map(why -> text.get(
                        "command.restore.not-grown", "why", text.explain(why).line()))
                .orElseGet(() -> text.get("command.restore.grown", "from", grown.from(), "to", grown.to()));
    }

    private static Fields grown(Fields fields, Receipt receipt) {
        receipt.grown()
                .ifPresent(grown -> fields.with("grownFrom", grown.from())
                        .with("grownTo", grown.to())
                        .with("growError", grown.problem().map(Problem::code)));
        return fields;
    }

    /** A receipt, in full. */
    void receipt(Fields fields, ReceiptSheet sheet, Optional<Path> saved) {
        Table lines = new Table().words("").words("");
        lines.row(text.get("receipt.line.verdict"), sheet.verdict());
        sheet.facts().forEach(fact -> lines.row(fact.name(), fact.value()));
        sheet.lists()
                .forEach(list -> list.names()
                        .forEach(name -> lines.row(name.equals(list.names().getFirst()) ? list.heading() : "", name)));
        context.output().show(fields, lines);
        saved.ifPresent(
                file -> context.output().note(text.get("command.restore.receipt.saved", "path", file.toString())));
    }

    /** What machines are told of a receipt. */
    static Fields fields(Receipt receipt) {
        Fields fields = new Fields()
                .with("task", receipt.task())
                .with("undoes", receipt.undoes())
                .with("verdict", receipt.verdict())
                .with("error", receipt.problem().map(problem -> problem.code()))
                .with("backup", receipt.source().name())
                .with("disk", receipt.source().disk())
                .with("vault", receipt.source().vault())
                .with("moment", receipt.source().moment())
                .with("target", receipt.target().name())
                .with("path", receipt.target().path())
                .with("bytesCompared", receipt.bytes().compared())
                .with("bytesWritten", receipt.bytes().written())
                .with("bytesVerified", receipt.bytes().verified())
                .with("who", receipt.caller().who())
                .with("startedAt", receipt.begun())
                .with("endedAt", receipt.ended())
                .with("safetyCopy", receipt.safetyCopy().map(Receipt.Copy::backup))
                .with("undoUntil", receipt.safetyCopy().flatMap(Receipt.Copy::until))
                .with("aftercare", receipt.aftercare());
        return grown(fields, receipt);
    }
}
