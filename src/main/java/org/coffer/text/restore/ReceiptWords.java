package org.coffer.text.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.restore.Receipt;
import org.coffer.text.Fact;
import org.coffer.text.Printable;
import org.coffer.text.Text;

/**
 * Receipts of restores in words, the same in window and command line. They are read by whoever is shown them, so they say
 * nothing that only experts know, and every moment with its zone.
 */
public final class ReceiptWords {
    private final Text text;

    /** Speaks the language of {@code text}. */
    public ReceiptWords(Text text) {
        this.text = text;
    }

    // ---- Disks

    /** The receipt of a restored disk. */
    public ReceiptSheet sheet(Receipt receipt) {
        String target = Printable.line(receipt.target().name());
        return new ReceiptSheet(
                text,
                text.get(receipt.undoes().isPresent() ? "receipt.title.undo" : "receipt.title", "target", target),
                text.word(receipt.verdict()),
                facts(receipt),
                List.of(),
                fileName(receipt.target().name(), receipt.begun()));
    }

    private List<Fact> facts(Receipt receipt) {
        List<Fact> facts = new ArrayList<>();
        receipt.problem()
                .map(text::explain)
                .ifPresent(why -> facts.add(fact("problem", Text.joined(why.what(), why.why()))));
        Receipt.Source source = receipt.source();
        facts.add(fact("backup", source(source.name(), source.disk(), source.vault(), source.moment())));
        facts.add(
                fact("target", receipt.target().name() + " (" + receipt.target().path() + ")"));
        facts.add(fact("compared", size(receipt.bytes().compared())));
        facts.add(fact("written", size(receipt.bytes().written())));
        facts.add(fact("verified", size(receipt.bytes().verified())));
        receipt.grown().ifPresent(grown -> facts.add(fact("grown", grown(grown))));
        facts.addAll(when(receipt.caller(), receipt.begun(), receipt.ended(), receipt.task()));
        receipt.safetyCopy().ifPresent(copy -> facts.add(fact("copy", copy(copy))));
        receipt.undoes().ifPresent(task -> facts.add(fact("undoes", task.toString())));
        receipt.aftercare()
                .forEach(care ->
                        facts.add(fact("aftercare", care(care, receipt.target().name()))));
        return facts;
    }

    private String grown(Receipt.Grown grown) {
        return grown.problem()
                .map(text::explain)
                .map(why -> text.get("receipt.grown.not", "why", Text.joined(why.what(), why.why())))
                .orElseGet(() -> text.get("receipt.grown", "from", grown.from(), "to", grown.to()));
    }

    /** What is left to do, as everybody understands it. */
    private String care(Receipt.Aftercare care, String target) {
        return text.get(careKey(care), "target", target);
    }

    /** The message that says plainly what is left to do on {@code target}. */
    public static String careKey(Receipt.Aftercare care) {
        return "wizard.care." + care.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String copy(Receipt.Copy copy) {
        return copy.until()
                .map(until -> text.get("receipt.copy.until", "backup", copy.name(), "time", time(until)))
                .orElse(copy.name());
    }

    // ---- Files

    /** The receipt of restored files. */
    public ReceiptSheet sheet(FileReceipt receipt) {
        return new ReceiptSheet(
                text,
                text.get("receipt.title.files"),
                text.word(receipt.verdict()),
                facts(receipt),
                lists(receipt),
                fileName(receipt.name(), receipt.begun()));
    }

    private List<Fact> facts(FileReceipt receipt) {
        FileOutcome done = receipt.outcome();
        List<Fact> facts = new ArrayList<>();
        receipt.problem()
                .map(text::explain)
                .ifPresent(why -> facts.add(fact(
                        "problem",
                        // Which they are, and why, is in the list below.
                        receipt.verdict() == FileReceipt.Verdict.PARTLY
                                ? why.what()
                                : Text.joined(why.what(), why.why()))));
        facts.add(fact("backup", source(receipt.backup(), receipt.disk(), receipt.vault(), receipt.moment())));
        if (!done.target().isEmpty()) {
            facts.add(fact("target", done.target()));
        }
        facts.add(fact("restored", text.formats().count(done.restored())));
        facts.add(fact("skipped", text.formats().count(done.skipped())));
        facts.add(fact("failed", text.formats().count(done.failed())));
        facts.add(fact("written", size(done.bytes())));
        if (!done.ownersKept()) {
            facts.add(fact("aftercare", text.get("wizard.care.owners")));
        }
        if (!done.rightsKept()) {
            facts.add(fact("aftercare", text.get("wizard.care.rights")));
        }
        if (!done.attributesKept()) {
            facts.add(fact("aftercare", text.get("wizard.care.attributes")));
        }
        if (done.lastSecondsMissing()) {
            facts.add(fact("aftercare", text.get("wizard.care.seconds")));
        }
        facts.addAll(when(receipt.caller(), receipt.begun(), receipt.ended(), receipt.task()));
        return facts;
    }

    private List<ReceiptSheet.Names> lists(FileReceipt receipt) {
        FileOutcome done = receipt.outcome();
        var lists = new ArrayList<ReceiptSheet.Names>();
        list(
                lists,
                "receipt.asked",
                receipt.asked().stream().map(FilePath::inside).toList(),
                receipt.askedFor());
        list(
                lists,
                "receipt.not-back",
                done.failures().stream().map(this::failure).toList(),
                done.failed());
        list(lists, "receipt.renamed", done.renames(), done.renamed());
        list(lists, "receipt.kept", done.kept(), done.kept().size());
        return lists;
    }

    private void list(List<ReceiptSheet.Names> lists, String headingKey, List<String> names, long all) {
        if (names.isEmpty()) {
            return;
        }
        var lines = new ArrayList<>(names.stream().map(Printable::line).toList());
        if (all > lines.size()) {
            lines.add(text.get("receipt.more", "n", all - lines.size()));
        }
        lists.add(new ReceiptSheet.Names(text.get(headingKey), lines));
    }

    private String failure(FileFailure failure) {
        return text.get(
                "receipt.failure",
                "path",
                FilePath.parse(failure.path()).inside(),
                "why",
                switch (failure.problem().code()) {
                    case "vault.damaged", "files.broken" -> text.get("receipt.damaged");
                    default -> text.explain(failure.problem()).what();
                });
    }

    // ---- Both

    private List<Fact> when(Caller caller, Instant begun, Optional<Instant> ended, UUID task) {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("begun", time(begun)));
        ended.ifPresent(at -> facts.add(fact("ended", time(at))));
        facts.add(fact("who", caller.who()));
        facts.add(fact("task", task.toString()));
        return facts;
    }

    private String source(String backup, String disk, String vault, Optional<Instant> moment) {
        return text.get(
                moment.isPresent() ? "receipt.backup.of" : "receipt.backup.named",
                "backup",
                backup,
                "disk",
                disk,
                "vault",
                vault,
                "time",
                moment.map(this::time).orElse(""));
    }

    private Fact fact(String what, String value) {
        return new Fact(text.get("receipt.line." + what), Printable.line(value));
    }

    private String size(long bytes) {
        return text.formats().size(bytes);
    }

    private String time(Instant at) {
        return text.formats().fullTime(at);
    }

    /** A name for the file: of what was restored and the day, where file systems allow it. */
    private static String fileName(String of, Instant begun) {
        return "coffer-" + of.replaceAll("[^\\p{IsHan}A-Za-z0-9_-]", "_") + '-'
                + begun.toString().substring(0, 10);
    }
}
