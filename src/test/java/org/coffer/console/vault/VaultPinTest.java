package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.coffer.engine.vault.Pin;
import org.coffer.engine.vault.VaultId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultPinTest {
    private static final Pin PIN = new Pin(VaultId.of("0123456789abcdef0123456789abcdef"), "ff", 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "a",
                "a:b:c",
                "0123456789abcdef0123456789abcdef:ff",
                "0123456789abcdef0123456789abcdef:ff:x"
            })
    void whatIsNoPinIsRefused(String text) {
        assertThat(VaultPin.parse(VaultPin.text(PIN))).isEqualTo(PIN);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> VaultPin.parse(text));
    }
}
