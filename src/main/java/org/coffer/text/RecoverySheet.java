package org.coffer.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The sheet of paper that opens a vault when its computer is gone: what it says, in any language, and as a page of HTML
 * that prints on A4.
 *
 * @param vault the vault's name
 * @param id the vault's ID
 * @param location the name of the place where the vault lies
 * @param folder the path of that place
 * @param code the recovery code, in groups separated by hyphens
 * @param encrypted whether the code is a secret at all
 * @param made when the sheet was made
 */
public record RecoverySheet(
        String vault, String id, String location, String folder, String code, boolean encrypted, Instant made) {
    private static final String STYLE = """
            @page { size: A4; margin: 20mm; }
            body { font: 11pt/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
                   color: #1f2730; background: #fff; max-width: 170mm; margin: 0 auto; }
            section { page-break-after: always; break-after: page; padding: 8mm 0; }
            section:last-child { page-break-after: auto; break-after: auto; }
            h1 { font-size: 20pt; margin: 0 0 4mm; }
            h2 { font-size: 12pt; margin: 8mm 0 2mm; }
            .code { font: bold 15pt/1.7 "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre;
                    border: 1pt solid #1f2730; border-radius: 2mm; padding: 4mm 6mm; }
            table { border-collapse: collapse; }
            th { text-align: left; font-weight: normal; color: #55606b; padding: 1mm 8mm 1mm 0; vertical-align: top; }
            td { padding: 1mm 0; word-break: break-all; }
            .keep { border-top: 0.5pt solid #d0d7de; margin-top: 8mm; padding-top: 4mm; font-weight: bold; }
            """;

    /** The heading. */
    public String title(Text text) {
        return text.get("recovery.title", "vault", vault);
    }

    /** What the sheet can do, and for whom. */
    public String meaning(Text text) {
        return text.get(encrypted ? "recovery.meaning" : "recovery.meaning.open");
    }

    /** Where the vault is and what it is called. */
    public List<Fact> facts(Text text) {
        return List.of(
                new Fact(text.get("recovery.fact.vault"), vault),
                new Fact(text.get("recovery.fact.id"), id),
                new Fact(text.get("recovery.fact.location"), location),
                new Fact(text.get("recovery.fact.folder"), folder),
                new Fact(text.get("recovery.fact.made"), text.formats().fullTime(made)));
    }

    /** What to do when the computer is gone. */
    public List<String> steps(Text text) {
        return List.of(
                text.get("recovery.step.connect"),
                text.get("recovery.step.open", "vault", vault),
                text.get("recovery.step.code"));
    }

    /** The code in lines of {@code perLine} groups, so that it can be typed without losing the place. */
    public String codeLines(int perLine) {
        String[] groups = code.split("-");
        var lines = new ArrayList<String>();
        for (int from = 0; from < groups.length; from += perLine) {
            int to = Math.min(groups.length, from + perLine);
            lines.add(String.join("-", List.of(groups).subList(from, to)));
        }
        return String.join("-\n", lines);
    }

    /** A name for the file: of the vault, where file systems allow it. */
    public String fileName() {
        return "coffer-" + vault.replaceAll("[^\\p{IsHan}A-Za-z0-9_-]", "_") + ".html";
    }

    /** The sheet as plain text of one language, for a terminal or a printer that knows no more. */
    public String plain(Text text) {
        var sheet = new StringBuilder(title(text)).append("\n\n").append(meaning(text));
        sheet.append("\n\n").append(text.get("recovery.code")).append('\n');
        codeLines(5).lines().forEach(line -> sheet.append("    ").append(line).append('\n'));
        sheet.append('\n').append(text.get("recovery.where")).append('\n');
        facts(text)
                .forEach(fact -> sheet.append("    ")
                        .append(fact.name())
                        .append(": ")
                        .append(fact.value())
                        .append('\n'));
        sheet.append('\n').append(text.get("recovery.steps")).append('\n');
        int number = 1;
        for (String step : steps(text)) {
            sheet.append("    ").append(number++).append(". ").append(step).append('\n');
        }
        return sheet.append('\n').append(text.get("recovery.keep")).append('\n').toString();
    }

    /** The page, one section per language, each on paper of its own. */
    public String html(List<Text> languages) {
        Text first = languages.getFirst();
        var page = new HtmlPage(first.language(), title(first), STYLE);
        languages.forEach(text -> section(text, page));
        return page.end();
    }

    private void section(Text text, HtmlPage page) {
        page.section(text.language())
                .element("h1", title(text))
                .element("p", meaning(text))
                .element("h2", text.get("recovery.code"))
                .element("div", "code", codeLines(7))
                .element("h2", text.get("recovery.where"))
                .facts(facts(text))
                .element("h2", text.get("recovery.steps"))
                .list("ol", steps(text))
                .element("p", "keep", text.get("recovery.keep"))
                .endSection();
    }
}
