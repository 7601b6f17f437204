package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders show at once what others put there. */
class FolderLagTest {
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "fuseblk", "NTFS", "apfs", "vfat", "exfat"})
    void disksDoNotLag(String type) {
        assertThat(FolderLag.ofType(type)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"})
    void networksLagByWhatTheyRemember(String type) {
        assertThat(FolderLag.ofType(type).orElseThrow()).isGreaterThan(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fuse.rclone", "fuse.s3fs", "fuse"})
    void ofOtherFileSystemsInUserSpaceNobodyKnows(String type) {
        assertThat(FolderLag.ofType(type)).isEmpty();
    }

    @Test
    void aFolderOnThisComputersDiskDoesNotLag(@TempDir Path folder) {
        assertThat(FolderLag.of(folder)).contains(Duration.ZERO);
    }
}
