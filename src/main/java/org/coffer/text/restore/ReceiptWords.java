package org.coffer.text.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.coffer.console.restore.Receipt;
import org.coffer.text.Printable;
import org.coffer.text.Text;

/** A receipt in words, line by line: for a screen, or as a text that is saved or printed. */
public final class ReceiptWords {
    private final Text text;

    /** Speaks the language of {@code text}. */
    public ReceiptWords(Text text) {
        this.text = text;
    }

    /**
     * A line of a receipt.
     *
     * @param name what it tells; empty where the value speaks for itself
     */
    public record Line(String name, String value) {}

    /** The heading. */
    public String title(Receipt receipt) {
        return text.get(
                receipt.undoes().isPresent() ? "receipt.title.undo" : "receipt.title",
                "target",
                receipt.target().name());
    }

    /** All that the receipt says, without the heading. */
    public List<Line> lines(Receipt receipt) {
        List<Line> lines = new ArrayList<>();
        lines.add(line("verdict", text.word(receipt.verdict())));
        receipt.problem()
                .map(text::explain)
                .ifPresent(why -> lines.add(line("problem", Text.joined(why.what(), why.why()))));
        lines.add(line("backup", source(receipt.source())));
        lines.add(
                line("target", receipt.target().name() + " (" + receipt.target().path() + ")"));
        lines.add(line("compared", size(receipt.bytes().compared())));
        lines.add(line("written", size(receipt.bytes().written())));
        lines.add(line("verified", size(receipt.bytes().verified())));
        lines.add(line("begun", time(receipt.begun())));
        receipt.ended().ifPresent(at -> lines.add(line("ended", time(at))));
        lines.add(line("who", receipt.caller().who()));
        receipt.safetyCopy().ifPresent(copy -> lines.add(line("copy", copy(copy))));
        receipt.undoes().ifPresent(task -> lines.add(line("undoes", task.toString())));
        lines.add(line("task", receipt.task().toString()));
        receipt.aftercare().forEach(care -> lines.add(line("aftercare", text.word(care))));
        return List.copyOf(lines);
    }

    private String source(Receipt.Source source) {
        return text.get(
                source.moment().isPresent() ? "receipt.backup.of" : "receipt.backup.named",
                "backup",
                source.name(),
                "disk",
                source.disk(),
                "vault",
                source.vault(),
                "time",
                source.moment().map(this::time).orElse(""));
    }

    private String copy(Receipt.Copy copy) {
        if (!copy.there()) {
            return text.get("receipt.copy.gone");
        }
        return copy.until()
                .map(until -> text.get("receipt.copy.until", "backup", copy.name(), "time", time(until)))
                .orElse(copy.name());
    }

    private Line line(String what, String value) {
        return new Line(text.get("receipt.line." + what), Printable.line(value));
    }

    private String size(long bytes) {
        return text.formats().size(bytes);
    }

    private String time(Instant at) {
        return text.formats().fullTime(at);
    }

    /** The whole receipt as a text file. */
    public String plain(Receipt receipt) {
        var all = new StringBuilder(title(receipt)).append("\n\n");
        lines(receipt)
                .forEach(line -> all.append(text.get("receipt.line", "name", line.name(), "value", line.value()))
                        .append('\n'));
        return all.toString();
    }
}
