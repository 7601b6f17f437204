package org.coffer.text;

import java.util.List;
import java.util.Locale;

/**
 * Writes a page of HTML that prints on A4 and needs nothing beside it, so that it can be read for years and anywhere. Whatever
 * is put on it is taken as words: nothing in them acts as HTML.
 */
public final class HtmlPage {
    private final StringBuilder page = new StringBuilder();

    /**
     * Begins a page.
     *
     * @param style the style sheet, which goes into the page
     */
    public HtmlPage(Language language, String title, String style) {
        page.append("<!DOCTYPE html>\n<html lang=\"")
                .append(tag(language))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(style)
                .append("</style>\n</head>\n<body>\n");
    }

    private static String tag(Language language) {
        Locale locale = language.locale();
        return locale.toLanguageTag();
    }

    /** Words as an element: {@code h1}, {@code p}. */
    public HtmlPage element(String name, String words) {
        return element(name, "", words);
    }

    /** Words as an element of a class of the style sheet. */
    public HtmlPage element(String name, String styleClass, String words) {
        page.append('<').append(name);
        if (!styleClass.isEmpty()) {
            page.append(" class=\"").append(styleClass).append('"');
        }
        page.append('>').append(escaped(words)).append("</").append(name).append(">\n");
        return this;
    }

    /** A table of two columns. */
    public HtmlPage facts(List<Fact> facts) {
        page.append("<table>\n");
        facts.forEach(fact -> page.append("<tr><th>")
                .append(escaped(fact.name()))
                .append("</th><td>")
                .append(escaped(fact.value()))
                .append("</td></tr>\n"));
        page.append("</table>\n");
        return this;
    }

    /** A list: {@code ul}, or {@code ol} with numbers. */
    public HtmlPage list(String name, List<String> items) {
        page.append('<').append(name).append(">\n");
        items.forEach(item -> element("li", item));
        page.append("</").append(name).append(">\n");
        return this;
    }

    /** What follows, until {@link #endSection}, is a section in a language of its own. */
    public HtmlPage section(Language language) {
        page.append("<section lang=\"").append(tag(language)).append("\">\n");
        return this;
    }

    /** Ends a section. */
    public HtmlPage endSection() {
        page.append("</section>\n");
        return this;
    }

    /** The whole page. */
    public String end() {
        return page.append("</body>\n</html>\n").toString();
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
