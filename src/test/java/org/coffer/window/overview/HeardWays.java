package org.coffer.window.overview;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ways that lead nowhere and remember that they were gone. */
public final class HeardWays implements Ways {
    final List<String> heard = new ArrayList<>();

    @Override
    public void firstStart() {
        heard.add("firstStart");
    }

    @Override
    public void tryRestore(UUID disk) {
        heard.add("tryRestore");
    }

    @Override
    public void vault(UUID vault) {
        heard.add("vault");
    }

    @Override
    public void expand(UUID vault) {
        heard.add("expand");
    }

    @Override
    public void recoverySheet(UUID vault) {
        heard.add("recoverySheet");
    }

    @Override
    public void backUp(UUID disk) {
        heard.add("backUp");
    }

    @Override
    public void protect(UUID disk) {
        heard.add("protect");
    }

    @Override
    public void mountAgain(UUID disk) {
        heard.add("mountAgain");
    }

    @Override
    public void backup(UUID backup) {
        heard.add("backup");
    }

    @Override
    public void disks() {
        heard.add("disks");
    }

    @Override
    public void locations() {
        heard.add("locations");
    }

    @Override
    public void clock() {
        heard.add("clock");
    }

    @Override
    public void missed() {
        heard.add("missed");
    }

    @Override
    public void policies() {
        heard.add("policies");
    }

    @Override
    public void tasks() {
        heard.add("tasks");
    }

    @Override
    public void tasks(UUID disk, String name, LocalDate day) {
        heard.add("tasks " + day);
    }
}
