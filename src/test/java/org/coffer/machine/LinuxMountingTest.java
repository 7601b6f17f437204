package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;

/** Who may mount; what is mounted is in {@code MountedDisksTest}. */
class LinuxMountingTest {
    private static LinuxMounting mounting(boolean administrator) {
        return new LinuxMounting(new BlockTree(Path.of("/sys")), new Mounts(Path.of("/proc")), () -> administrator);
    }

    @Test
    void whoIsNoAdministratorIsToldThatItNeedsOne() {
        assertThat(mounting(false).whyNot()).contains(Problem.of("mount.rights"));
        assertThat(mounting(true).whyNot()).isEmpty();
    }
}
