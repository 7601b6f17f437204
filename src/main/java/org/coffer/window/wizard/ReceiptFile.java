package org.coffer.window.wizard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** Writes receipts: as a page of HTML that prints on A4, or as plain text, in the language shown. */
final class ReceiptFile {
    /** The page's look; it goes into the file, which is to be read for years and anywhere. */
    private static final String STYLE = "/assets/css/receipt.css";

    private static final String TEXT = ".txt";

    private ReceiptFile() {}

    /** When it was done, and by whom. */
    static List<ReceiptPage.Fact> when(UUID task, Caller caller, Instant begun, Optional<Instant> ended) {
        var facts = new ArrayList<ReceiptPage.Fact>();
        facts.add(new ReceiptPage.Fact("wizard.receipt.begun", Sentence.of("wizard.receipt.at", "at", begun)));
        ended.ifPresent(at ->
                facts.add(new ReceiptPage.Fact("wizard.receipt.ended", Sentence.of("wizard.receipt.at", "at", at))));
        facts.add(new ReceiptPage.Fact("wizard.receipt.by", Sentence.data(caller.who())));
        facts.add(new ReceiptPage.Fact("wizard.receipt.task", Sentence.data(task.toString())));
        return facts;
    }

    /** A name for the file: of what was restored and the day, where file systems allow it. */
    static String name(String of, Instant begun) {
        return "coffer-" + of.replaceAll("[^\\p{IsHan}A-Za-z0-9_-]", "_") + '-'
                + begun.toString().substring(0, 10);
    }

    /** Writes it: as text if the file's name ends so, else as a page. */
    static void write(Path file, Kit kit, ReceiptPage page) {
        String content = file.toString().endsWith(TEXT) ? plain(kit, page) : html(kit, page);
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("file.unwritable", "path", file.toString(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    /** As plain text. */
    static String plain(Kit kit, ReceiptPage page) {
        var text = new StringBuilder(kit.say("wizard.receipt.title"))
                .append("\n\n")
                .append(kit.say(page.verdict()))
                .append("\n\n");
        page.facts()
                .forEach(fact -> text.append(kit.say(fact.nameKey()))
                        .append(": ")
                        .append(kit.say(fact.value()))
                        .append('\n'));
        page.lists().forEach(list -> {
            text.append('\n').append(kit.say(list.heading())).append('\n');
            list.names()
                    .forEach(name -> text.append("    ").append(kit.say(name)).append('\n'));
        });
        return text.toString();
    }

    /** As a page of HTML. */
    static String html(Kit kit, ReceiptPage page) {
        String title = kit.say("wizard.receipt.title");
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"")
                .append(kit.text().language().locale().toLanguageTag())
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n<p class=\"verdict\">")
                .append(escaped(kit.say(page.verdict())))
                .append("</p>\n<table>\n");
        page.facts()
                .forEach(fact -> html.append("<tr><th>")
                        .append(escaped(kit.say(fact.nameKey())))
                        .append("</th><td>")
                        .append(escaped(kit.say(fact.value())))
                        .append("</td></tr>\n"));
        html.append("</table>\n");
        page.lists().forEach(list -> {
            html.append("<h2>").append(escaped(kit.say(list.heading()))).append("</h2>\n<ul>\n");
            list.names()
                    .forEach(name ->
                            html.append("<li>").append(escaped(kit.say(name))).append("</li>\n"));
            html.append("</ul>\n");
        });
        return html.append("</body>\n</html>\n").toString();
    }

    private static String style() {
        try (var in = Objects.requireNonNull(ReceiptFile.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
