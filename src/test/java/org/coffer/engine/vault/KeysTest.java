package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** B12: closing a vault's keys leaves none of them, whichever are added one day. */
class KeysTest {
    /** Every array that the keys hold, also in maps. */
    private static List<byte[]> secrets(Keys keys) throws IllegalAccessException {
        List<byte[]> found = new ArrayList<>();
        for (Field field : Keys.class.getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.get(keys);
            if (value instanceof byte[] secret) {
                found.add(secret);
            } else if (value instanceof Map<?, ?> several) {
                several.values().forEach(secret -> found.add((byte[]) secret));
            }
        }
        return found;
    }

    @Test
    void noKeyIsLeftAfterClosing() throws IllegalAccessException {
        Keys keys = new Keys(Lab.key(), new VaultId(5, 6));
        List<byte[]> secrets = secrets(keys);
        // The master key, those of header, names, nodes and fingerprints, and one for each type of object.
        assertThat(secrets).hasSize(5 + ObjectType.values().length);
        assertThat(secrets).allSatisfy(secret -> assertThat(secret).isNotEqualTo(new byte[secret.length]));

        keys.close();

        assertThat(secrets).allSatisfy(secret -> assertThat(secret).isEqualTo(new byte[secret.length]));
    }
}
