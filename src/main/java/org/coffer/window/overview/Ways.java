package org.coffer.window.overview;

import java.time.LocalDate;
import java.util.UUID;

/** Where the overview leads: each thing that needs somebody has one way to deal with it. */
public interface Ways {
    /** Sets up protection from nothing. */
    void firstStart();

    /** Lets somebody try a restore: one file of a disk, and nothing is overwritten. */
    void tryRestore(UUID disk);

    /** Shows a vault. */
    void vault(UUID vault);

    /** Lets the user enlarge a vault. */
    void expand(UUID vault);

    /** Lets the user save or print a vault's recovery sheet. */
    void recoverySheet(UUID vault);

    /** Lets the user back up a bound disk. */
    void backUp(UUID disk);

    /** Lets the user put a disk under protection. */
    void protect(UUID disk);

    /** Mounts a disk again that was unmounted for a restore, and says why if that fails. */
    void mountAgain(UUID disk);

    /** Shows a backup. */
    void backup(UUID backup);

    /** Shows the disks. */
    void disks();

    /** Shows the locations. */
    void locations();

    /** Lets the user say that the clock is right. */
    void clock();

    /** Lets the user say whether missed runs are made up for. */
    void missed();

    /** Shows the policies. */
    void policies();

    /** Shows all tasks. */
    void tasks();

    /** Shows the tasks about a disk that were asked for on one day. */
    void tasks(UUID disk, String name, LocalDate day);
}
