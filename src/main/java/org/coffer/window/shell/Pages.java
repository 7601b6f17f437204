package org.coffer.window.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages there are. Only what is registered is shown; the order of registration is that of the navigation. */
public final class Pages {
    private final Map<String, PageEntry> entries = new LinkedHashMap<>();

    /**
     * Registers a page.
     *
     * @throws IllegalArgumentException if the ID is taken
     */
    public Pages add(PageEntry entry) {
        if (entries.putIfAbsent(entry.id(), entry) != null) {
            throw new IllegalArgumentException("two pages called " + entry.id());
        }
        return this;
    }

    /** Whether there is such a page. */
    public boolean has(String id) {
        return entries.containsKey(id);
    }

    /**
     * The page called {@code id}.
     *
     * @throws IllegalArgumentException if there is none
     */
    PageEntry get(String id) {
        PageEntry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("no page called " + id);
        }
        return entry;
    }

    /** The pages of the navigation, group by group. */
    List<PageEntry> navigation() {
        return entries.values().stream()
                .filter(entry -> entry.place().isPresent())
                .sorted(java.util.Comparator.comparing(
                        entry -> entry.place().orElseThrow().group()))
                .toList();
    }
}
