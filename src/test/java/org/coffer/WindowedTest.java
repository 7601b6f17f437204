package org.coffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedTest {
    @Test
    void withoutANounItIsTheWindow() {
        assertThat(Windowed.asked(List.of())).isTrue();
        assertThat(Windowed.asked(List.of("--home", "vault"))).isTrue();
        assertThat(Windowed.asked(List.of("--home=/tmp/h", "--lang", "zh"))).isTrue();
        assertThat(Windowed.asked(List.of("--home", "/tmp/h", "--hidden"))).isTrue();
    }

    @Test
    void withANounOrAnyOtherOptionItIsACommand() {
        assertThat(Windowed.asked(List.of("vault", "list"))).isFalse();
        assertThat(Windowed.asked(List.of("--home", "/tmp/h", "vault"))).isFalse();
        assertThat(Windowed.asked(List.of("--help"))).isFalse();
        assertThat(Windowed.asked(List.of("--hidden", "vault"))).isFalse();
    }
}
