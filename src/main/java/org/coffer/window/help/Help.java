package org.coffer.window.help;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.coffer.text.Language;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;

/**
 * The help of the pages. The texts lie in {@code assets/help/LANGUAGE/PAGE.md}: headings begin with {@code #}, points of
 * a list with {@code -}, every other line is a paragraph.
 */
public final class Help {
    private static final double WIDTH = 640;

    private Help() {}

    /** The help of {@code page} as a sheet; empty if the page has none. */
    public static Optional<Sheet> about(String page) {
        return text(page, Language.ENGLISH)
                .map(any -> new Sheet(Sentence.of("help.title"), WIDTH, kit -> view(kit, page))
                        .icon(Icon.HELP)
                        .tall()
                        .cancel("kit.close"));
    }

    /** The text of {@code page}; empty if the page has none. */
    static Optional<String> text(String page, Language language) {
        String folder = language == Language.CHINESE ? "zh_CN" : "en";
        try (var in = Help.class.getResourceAsStream("/assets/help/" + folder + "/" + page + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScrollPane view(Kit kit, String page) {
        var lines = new VBox(8);
        text(page, kit.text().language())
                .orElse("")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    if (line.startsWith("# ")) {
                        var heading = kit.section(line.substring(2));
                        heading.getStyleClass().add("help-heading");
                        lines.getChildren().add(heading);
                    } else if (line.startsWith("- ")) {
                        var point = kit.prose(line.substring(2));
                        point.setMaxWidth(520);
                        var row = kit.row(kit.label("•"), point);
                        row.setAlignment(Pos.TOP_LEFT);
                        lines.getChildren().add(row);
                    } else {
                        var prose = kit.prose(line);
                        prose.setMaxWidth(560);
                        lines.getChildren().add(prose);
                    }
                });
        var scroll = new ScrollPane(lines);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return scroll;
    }
}
