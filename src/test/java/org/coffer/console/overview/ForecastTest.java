package org.coffer.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.location.NewLocation;
import org.coffer.console.overview.Forecast.Growth;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a vault will be full: a full backup of 100 GB, then one a day that adds 2 GB. */
class ForecastTest {
    private static final Instant START = Instant.parse("2026-11-01T02:00:00Z");
    private static final long GB = Vault.GB;

    @TempDir
    Path root;

    private static List<Growth> growing(int days, long daily) {
        List<Growth> all = new ArrayList<>();
        all.add(new Growth(START, true, 100 * GB));
        for (int i = 1; i <= days; i++) {
            all.add(new Growth(START.plus(Duration.ofDays(i)), false, daily));
        }
        return all;
    }

    private static Instant after(int days) {
        return START.plus(Duration.ofDays(days));
    }

    @Test
    void theDaysLeftFollowFromWhatIsAddedADay() {
        assertThat(Forecast.days(82 * GB, growing(10, 2 * GB), after(10))).hasValue(41);
    }

    @Test
    void daysWithoutABackupSlowTheGrowth() {
        assertThat(Forecast.days(82 * GB, growing(10, 2 * GB), after(20))).hasValue(82);
    }

    @Test
    void nothingIsGuessedFromTooLittle() {
        assertThat(Forecast.days(82 * GB, List.of(), after(10))).isEmpty();
        assertThat(Forecast.days(82 * GB, growing(0, 0), after(10))).isEmpty();
        assertThat(Forecast.days(82 * GB, growing(2, 2 * GB), after(2))).isEmpty();
        assertThat(Forecast.days(82 * GB, growing(10, 0), after(10))).isEmpty();
        List<Growth> inOneHour = growing(10, 2 * GB).stream()
                .map(each -> new Growth(START, each.full(), each.added()))
                .toList();
        assertThat(Forecast.days(82 * GB, inOneHour, START.plus(Duration.ofHours(1))))
                .isEmpty();
    }

    @Test
    void aFullVaultIsFullTodayAndOneThatIsOverNeedsNoForecast() {
        assertThat(Forecast.days(0, growing(10, 2 * GB), after(10))).hasValue(0);
        assertThat(Forecast.days(-1, growing(10, 2 * GB), after(10))).isEmpty();
    }

    @Test
    void whatLastsLongerThanAnybodyPlansIsNotSaid() {
        assertThat(Forecast.days(2001 * GB, growing(10, 2 * GB), after(10))).isEmpty();
    }

    @Test
    void theOverviewTellsItOfAVaultWithRealBackups() throws Exception {
        try (var days = new Days(root, START)) {
            Disk disk = days.image("web", 30, Disk.Role.DATA);
            var place = days.console().locations().add(new NewLocation("place", root.resolve("place"), ""));
            Vault vault = days.console()
                    .vaults()
                    .create(new NewVault(
                            "main",
                            "",
                            place.id(),
                            Vault.SMALLEST_GB,
                            List.of(disk.id()),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            Map.of()));
            days.backUp(vault, disk, "full");
            for (int i = 0; i < 3; i++) {
                assertThat(days.console().overviews().now().fullInDays()).isEmpty();
                days.pass(Duration.ofDays(1));
                days.change(disk, 0, 15_000_000);
                days.backUp(vault, disk, "day");
            }
            assertThat(days.console().overviews().now().fullInDays().get(vault.id()))
                    .isBetween(600L, 670L);
            assertThat(days.console()
                            .overviews()
                            .fullInDays(days.console().vaults().get(vault.id())))
                    .hasValueSatisfying(left -> assertThat(left).isBetween(600L, 670L));
        }
    }
}
