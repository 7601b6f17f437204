package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coffer.machine.Identities.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which disk is which, after all that can happen to disks. */
class IdentitiesTest {
    private static final long SIZE = 1_000_000;

    private final Map<String, Evidence> memory = new LinkedHashMap<>();
    private final Set<String> existing = new HashSet<>();
    private final Identities identities = new Identities(existing::contains);

    private static Evidence disk(String serial, String content, String place) {
        return new Evidence(serial, content, place, SIZE, place.startsWith("file:"));
    }

    private List<String> see(Evidence... present) {
        return identities.assign(List.of(present), memory);
    }

    private String seeOne(Evidence present) {
        return see(present).getFirst();
    }

    @Test
    void aSerialNumberNamesADiskWhereverItIsPluggedInAndWhateverItHolds() {
        assertThat(seeOne(disk("serial:S1", "gpt:a", "port1"))).isEqualTo("serial:S1");
        assertThat(seeOne(disk("serial:S1", "gpt:b", "port2"))).isEqualTo("serial:S1");
    }

    @Test
    void twoDisksWithOneSerialStayTwoAndKeepTheirNamesWhenOneIsAway() {
        List<String> both = see(disk("serial:0815", "gpt:a", "port1"), disk("serial:0815", "gpt:b", "port2"));
        assertThat(both).doesNotHaveDuplicates().first().isEqualTo("serial:0815");
        assertThat(seeOne(disk("serial:0815", "gpt:b", "port2"))).isEqualTo(both.get(1));
        assertThat(seeOne(disk("serial:0815", "gpt:b", "port3"))).isEqualTo(both.get(1));
        assertThat(see(disk("serial:0815", "gpt:b", "port3"), disk("serial:0815", "gpt:a", "port1")))
                .containsExactly(both.get(1), both.get(0));
    }

    @Test
    void namesThatSwapAtARestartDoNotSwapDisks() {
        List<String> before = see(disk("", "gpt:a", "port1"), disk("", "gpt:b", "port2"));
        assertThat(see(disk("", "gpt:b", "port1"), disk("", "gpt:a", "port2")))
                .containsExactly(before.get(1), before.get(0));
    }

    @Test
    void anotherDiskAtTheSamePortIsAnotherDisk() {
        String first = seeOne(disk("", "gpt:a", "port1"));
        assertThat(seeOne(disk("", "gpt:b", "port1"))).isNotEqualTo(first);
        assertThat(seeOne(disk("serial:S", "", "port1"))).isNotEqualTo(first);
    }

    @Test
    void aBlankDiskKeepsItsNameWhenItIsPartitionedAndWhenItIsWiped() {
        String blank = seeOne(disk("", "", "port1"));
        assertThat(seeOne(disk("", "gpt:a", "port1"))).isEqualTo(blank);
        assertThat(seeOne(disk("", "", "port1"))).isEqualTo(blank);
    }

    @Test
    void aCopyOfAFileThatStillExistsIsNotTheOriginal() {
        String original = seeOne(disk("", "gpt:a", "file:/a"));
        existing.add("file:/a");
        assertThat(seeOne(disk("", "gpt:a", "file:/copy"))).isNotEqualTo(original);
    }

    @Test
    void aFileThatWasMovedIsTheSameDisk() {
        String original = seeOne(disk("", "gpt:a", "file:/a"));
        assertThat(seeOne(disk("", "gpt:a", "file:/moved"))).isEqualTo(original);
    }

    @Test
    void whatIsRememberedSurvivesARestart(@TempDir Path folder) {
        Evidence odd = disk("serial:My Disk:1 %", "", "file:/a b/\u78c1\u76d8");
        Map<String, Evidence> before = new LinkedHashMap<>(Map.of("serial:My Disk:1 %#2", odd));
        new DiskMemory(folder.resolve("home/disks")).save(before);
        assertThat(new DiskMemory(folder.resolve("home/disks")).load()).isEqualTo(before);
        assertThat(new DiskMemory(folder.resolve("none")).load()).isEmpty();
    }
}
