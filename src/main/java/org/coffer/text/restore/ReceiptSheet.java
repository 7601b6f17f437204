package org.coffer.text.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.coffer.text.Fact;
import org.coffer.text.HtmlPage;
import org.coffer.text.Text;

/**
 * A receipt in words of one language: to be shown, printed, or kept as a page of HTML or as plain text.
 *
 * @param text the language
 * @param title the heading
 * @param verdict how it ended, in one line
 * @param facts what is said of it, one line each
 * @param lists what is named one by one, such as files that are not back
 * @param fileName what it is called when it is saved, without an ending
 */
public record ReceiptSheet(
        Text text, String title, String verdict, List<Fact> facts, List<Names> lists, String fileName) {
    private static final String STYLE = "/assets/css/receipt.css";

    /** Keeps copies of the lists. */
    public ReceiptSheet {
        facts = List.copyOf(facts);
        lists = List.copyOf(lists);
    }

    /** Names under a heading. */
    public record Names(String heading, List<String> names) {
        /** Keeps a copy of {@code names}. */
        public Names {
            names = List.copyOf(names);
        }
    }

    /** What goes into a file: a page if its name ends like one, else plain text. */
    public String content(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".html") || lower.endsWith(".htm") ? html() : plain();
    }

    /** As plain text. */
    public String plain() {
        var all = new StringBuilder(title).append("\n\n");
        line(all, new Fact(text.get("receipt.line.verdict"), verdict));
        facts.forEach(fact -> line(all, fact));
        lists.forEach(list -> {
            all.append('\n').append(list.heading()).append('\n');
            list.names().forEach(name -> all.append("    ").append(name).append('\n'));
        });
        return all.toString();
    }

    private void line(StringBuilder all, Fact fact) {
        all.append(text.get("receipt.line", "name", fact.name(), "value", fact.value()))
                .append('\n');
    }

    /** As a page of HTML that prints on A4. */
    public String html() {
        var page = new HtmlPage(text.language(), title, style())
                .element("h1", title)
                .element("p", "verdict", verdict)
                .facts(facts);
        lists.forEach(list -> page.element("h2", list.heading()).list("ul", list.names()));
        return page.end();
    }

    private static String style() {
        try (var in = Objects.requireNonNull(ReceiptSheet.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
