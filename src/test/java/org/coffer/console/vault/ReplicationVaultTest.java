package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.NewReplica;
import org.coffer.console.backup.Origin;
import org.coffer.console.resource.Disk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault that takes nothing but replicas (V1). */
class ReplicationVaultTest {
    @TempDir
    private Path root;

    private TestHome home;
    private Disk disk;
    private Disk free;
    private Vault near;
    private Vault copies;

    @BeforeEach
    void makeOne() throws Exception {
        home = new TestHome(root);
        disk = home.image("web", 3);
        free = home.image("free", 1);
        near = home.vault("near", disk);
        UUID away = home.elsewhere("other").locationId();
        copies = home.console().vaults().create(wanted("copies", away, List.of()));
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private static NewVault wanted(String name, UUID place, List<UUID> disks) {
        return new NewVault(
                name, "", place, 10, disks, false, Optional.empty(), false, "", Map.of(), Protection.REPLICATION);
    }

    @Test
    void itTakesReplicasAndGivesThemBack() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        Backup replica = home.backup(home.done(home.console()
                .replicas()
                .start(new NewReplica(
                        backup.id(), copies.id(), home.console().replicas().suggestName()))));

        assertThat(replica.origin()).isEqualTo(Origin.REPLICA);
        assertThat(home.restored(replica)).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void itBindsNothingAndHasNoPolicy() throws Exception {
        UUID id = copies.id();
        UUID policy = home.console().policies().list().getFirst().id();
        Vaults vaults = home.console().vaults();
        List<Runnable> refused = List.of(
                () -> vaults.bindings().bind(id, List.of(free.id())),
                () -> vaults.autoBinding().set(id, Optional.of(new AutoBindRule("*", ""))),
                () -> home.console().policies().bind(policy, id),
                () -> vaults.create(wanted("more", copies.locationId(), List.of(free.id()))),
                () -> home.console().policies().createVault(wanted("served", copies.locationId(), List.of()), policy));

        for (int i = 0; i < refused.size(); i++) {
            assertThat(Refusals.code(refused.get(i)::run)).as("act %d", i).isEqualTo("vault.replication");
        }
        for (VaultAction one : List.of(VaultAction.BACK_UP, VaultAction.MIGRATE_INTO)) {
            assertThat(one.refusal(copies)).isPresent();
            assertThat(one.refusal(near)).isEmpty();
        }
        assertThat(VaultAction.REPLICATE_INTO.refusal(copies)).isEmpty();
        assertThat(vaults.list(VaultFilter.ALL)).extracting(Vault::name).doesNotContain("more", "served");
    }

    @Test
    void itStaysWhatItIsAfterARestartAndIsToldByTheVaultItself() throws Exception {
        home.restart();

        assertThat(home.again(copies).protection()).isEqualTo(Protection.REPLICATION);
        assertThat(home.console().vaults().memory().of(copies.id()).facts().protection())
                .isEqualTo(Protection.REPLICATION);
        assertThat(home.again(near).protection()).isEqualTo(Protection.BACKUP);
    }
}
