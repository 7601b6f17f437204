package org.coffer.window.shell;

import java.util.Map;

/**
 * A way to a page.
 *
 * @param page the page's ID
 * @param args what it is about, such as {@code id}; empty for pages of the navigation
 */
public record Route(String page, Map<String, String> args) {

    /** Keeps an unmodifiable copy of {@code args}. */
    public Route {
        args = Map.copyOf(args);
    }

    /** To a page that needs no arguments. */
    public static Route to(String page) {
        return new Route(page, Map.of());
    }

    /** To the page about the thing {@code id}. */
    public static Route to(String page, String id) {
        return new Route(page, Map.of("id", id));
    }

    /** The thing the page is about; empty if it is about none. */
    public String id() {
        return args.getOrDefault("id", "");
    }
}
