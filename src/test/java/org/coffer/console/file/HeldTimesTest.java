package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a time can have become at a target, by the kind of its file system: {@code fat} also for exFAT, {@code other} for what is not known. */
class HeldTimesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            vfat,  2024-05-06T07:08:09Z, 2024-05-06T07:08:08Z, true
            vfat,  2024-05-06T07:08:09Z, 2024-05-06T07:09:09Z, false
            vfat,  1970-01-01T00:00:01Z, 1980-01-01T00:00:00Z, true
            vfat,  1970-01-01T00:00:01Z, 1979-12-31T10:00:00Z, true
            vfat,  1970-01-01T00:00:01Z, 2026-11-23T00:00:00Z, false
            exfat, 2050-01-01T00:00:00Z, 2050-01-01T00:00:00Z, true
            exfat, 2050-01-01T00:00:00Z, 2026-11-23T00:00:00Z, false
            exfat, 2050-01-01T00:00:00Z, 2107-12-31T23:59:58Z, false
            exfat, 2150-01-01T00:00:00Z, 2107-12-31T23:59:58Z, true
            ext4,  1970-01-01T00:00:01Z, 1970-01-01T00:00:01Z, true
            ext4,  1970-01-01T00:00:01Z, 1980-01-01T00:00:00Z, false
            ext4,  1970-01-01T00:00:01Z, 2026-11-23T00:00:00Z, false
            ext4,  1900-01-01T00:00:00Z, 1901-12-13T20:45:52Z, true
            xfs,   2050-01-01T00:00:00Z, 2038-01-19T03:14:07Z, true
            xfs,   2050-01-01T00:00:00Z, 2050-01-01T00:00:00Z, true
            xfs,   2050-01-01T00:00:00Z, 2026-11-23T00:00:00Z, false
            other, 1970-01-01T00:00:01Z, 1970-01-01T00:00:01Z, true
            other, 1970-01-01T00:00:01Z, 1980-01-01T00:00:00Z, true
            other, 1970-01-01T00:00:01Z, 2026-11-23T00:00:00Z, false
            other, 2050-01-01T00:00:00Z, 2038-01-19T03:14:07Z, true
            """)
    void onlyWhatCannotBeHeldMayBeAtTheEdge(String kind, Instant wanted, Instant there, boolean became) {
        assertThat(TargetLimits.of(kind).times().became(wanted, there)).isEqualTo(became);
    }
}
