package org.coffer.window.kit;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.util.Subscription;

/** Dresses a scene: Primer, Coffer's tokens over it, one font family for both languages. */
public final class Theme {
    /** The first that the system has is used, in both languages, so that a switch moves nothing. */
    private static final List<String> FAMILIES = List.of(
            "Noto Sans CJK SC",
            "Noto Sans SC",
            "Source Han Sans SC",
            "PingFang SC",
            "Microsoft YaHei UI",
            "Microsoft YaHei",
            "WenQuanYi Micro Hei");

    private Theme() {}

    /**
     * Dresses {@code scene} now and whenever the chosen look changes, or the system's look while
     * {@link Look#SYSTEM} is chosen.
     *
     * @return ends the following
     */
    public static Subscription follow(Scene scene, ObservableValue<Look> look) {
        Runnable dress = () -> dress(scene, isDark(look.getValue()));
        return look.subscribe(chosen -> dress.run())
                .and(Platform.getPreferences().colorSchemeProperty().subscribe(scheme -> dress.run()));
    }

    /** Dresses {@code scene} once. */
    public static void dress(Scene scene, boolean dark) {
        scene.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        List<String> sheets = dark
                ? List.of(sheet("coffer.css"), sheet("coffer-dark.css"), fontSheet())
                : List.of(sheet("coffer.css"), fontSheet());
        scene.getStylesheets().setAll(sheets);
    }

    /** The family that everything is written in; the system's default where none of the known ones is there. */
    public static String family() {
        Set<String> installed = new HashSet<>(Font.getFamilies());
        return FAMILIES.stream().filter(installed::contains).findFirst().orElse("System");
    }

    private static boolean isDark(Look look) {
        return switch (look) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    private static String sheet(String name) {
        URL url = Theme.class.getResource("/assets/css/" + name);
        return Objects.requireNonNull(url, name).toExternalForm();
    }

    /** A style sheet and not an inline style, because popups take over the sheets of their owner's scene only. */
    private static String fontSheet() {
        String css = ".root { -fx-font-family: \"" + family() + "\"; }";
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
