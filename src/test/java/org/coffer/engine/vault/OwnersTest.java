package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OwnersTest {
    /** Held against a map, by which an entry is anybody's whose second user has not come. */
    @Property(tries = 300)
    void ownersAreThoseThatASimpleMapSays(
            @ForAll List<@IntRange(min = 0, max = 1500) Integer> entries,
            @ForAll @IntRange(min = 1, max = 400) int owners) {
        Owners compact = new Owners();
        Map<Integer, Integer> simple = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            int owner = 1_000_000 - (i * 7919) % owners;
            compact.add(entries.get(i), owner);
            simple.merge(entries.get(i), owner, (a, b) -> a.equals(b) ? a : Owners.MANY);
        }
        for (int entry = 0; entry < compact.length(); entry++) {
            assertThat(compact.of(entry)).isEqualTo(simple.getOrDefault(entry, 0));
        }
        assertThat(simple.keySet()).allMatch(entry -> entry < compact.length());
        assertThat(compact.anyAlone()).isEqualTo(simple.values().stream().anyMatch(owner -> owner != Owners.MANY));
        assertThat(compact.alone())
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(simple.values().stream()
                        .filter(owner -> owner != Owners.MANY)
                        .toList()));
    }
}
