package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The calendar reaches back to the oldest backup, day by day, and no further. */
class SixWeeksTest {
    private static final LocalDate SHOWN = LocalDate.of(2027, 3, 25);

    @Test
    void everyDayBackToTheOldestBackupIsInExactlyOnePart() {
        for (int age = 0; age < 900; age++) {
            LocalDate oldest = SHOWN.minusDays(age);
            int most = SixWeeks.of(SHOWN, oldest, 0).most();
            SixWeeks part = SixWeeks.of(SHOWN, oldest, most);
            assertThat(oldest).isBetween(part.first(), part.last());
            assertThat(part.last().getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
            assertThat(SixWeeks.of(SHOWN, oldest, most + 5)).as("no further").isEqualTo(part);
            for (int back = 1; back <= most; back++) {
                assertThat(SixWeeks.of(SHOWN, oldest, back).last())
                        .isEqualTo(SixWeeks.of(SHOWN, oldest, back - 1).first().minusDays(1));
            }
        }
    }

    @Test
    void theFirstPartHoldsTheMomentThatIsShown() {
        SixWeeks part = SixWeeks.of(SHOWN, SHOWN, -1);
        assertThat(part.back()).isZero();
        assertThat(SHOWN).isBetween(part.first(), part.last());
        assertThat(part.first().plusDays(SixWeeks.DAYS - 1L)).isEqualTo(part.last());
    }
}
