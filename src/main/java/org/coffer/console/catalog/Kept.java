package org.coffer.console.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** JSON that somebody may have damaged, or that another version wrote: what is not as expected is absent, and noticed. */
public final class Kept {
    private final Map<String, Object> content;
    private boolean whole = true;

    /** Looks into what {@link Json#read} gave. */
    public Kept(Map<String, Object> content) {
        this.content = content;
    }

    /** Whether everything that was asked for was as expected. */
    public boolean whole() {
        return whole;
    }

    /** Notices what is not as expected, and returns whether it is. */
    public boolean expect(boolean right) {
        whole &= right;
        return right;
    }

    /** One of the words of an enum. */
    public <E extends Enum<E>> Optional<E> word(String name, Class<E> words) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Enum.valueOf(words, text));
            } catch (IllegalArgumentException e) {
                expect(false);
                return Optional.empty();
            }
        });
    }

    private <T> Optional<T> typed(String name, Class<T> type) {
        Object found = content.get(name);
        return found == null || !expect(type.isInstance(found)) ? Optional.empty() : Optional.of(type.cast(found));
    }

    /** The names of all that is in it. */
    public Set<String> names() {
        return content.keySet();
    }

    /** A text. */
    public Optional<String> text(String name) {
        return typed(name, String.class);
    }

    /** A whole number. */
    public Optional<Long> number(String name) {
        return typed(name, Number.class).map(Number::longValue);
    }

    /** Whether something is so; not, if nothing is said. */
    public boolean flag(String name) {
        return typed(name, Boolean.class).orElse(false);
    }

    /** A moment in the form of ISO 8601. */
    public Optional<Instant> moment(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                expect(false);
                return Optional.empty();
            }
        });
    }

    /** An ID. */
    public Optional<UUID> id(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                expect(false);
                return Optional.empty();
            }
        });
    }

    /** An object in it; empty if there is none. */
    @SuppressWarnings("unchecked") // JSON's objects have strings for names.
    public Map<String, Object> inner(String name) {
        return typed(name, Map.class).map(map -> (Map<String, Object>) map).orElse(Map.of());
    }

    /** A list of objects in it. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> inners(String name) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Object one : typed(name, List.class).orElse(List.of())) {
            if (expect(one instanceof Map<?, ?>)) {
                found.add((Map<String, Object>) one);
            }
        }
        return found;
    }
}
