package org.coffer.window.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.layout.Region;
import org.coffer.console.Console;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.fixture.AtOnce;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Route;

/** A {@link TestDesk} of the pages of disk backup, which notes where they lead besides. */
public final class TestDiskDesk extends TestDesk implements Elsewhere {
    public final List<UUID> backedUp = new ArrayList<>();
    public final List<UUID> verified = new ArrayList<>();
    public int left;

    /** The desk over a console. */
    public DiskDesk over(Console console) {
        var background = AtOnce.background(this::error);
        return new DiskDesk(console, background, this, this, this, new Random(7));
    }

    @Override
    public void back() {
        left++;
    }

    @Override
    public void leave() {
        left++;
    }

    @Override
    public void backUp(UUID vault, List<UUID> disks) {
        backedUp.add(vault);
    }

    @Override
    public void restore(UUID vault, UUID disk) {
        open(Route.to("restore", disk.toString()));
    }

    @Override
    public void verify(Vault vault) {
        verified.add(vault.id());
    }

    @Override
    public PageTab backups(Optional<UUID> vault) {
        return empty("backups", "backups.tab", 132);
    }

    @Override
    public PageTab tasks(UUID vault) {
        return empty("tasks", "tasks.title", 12);
    }

    private static PageTab empty(String id, String titleKey, int n) {
        return new ListTab(
                id,
                titleKey,
                new SimpleIntegerProperty(n),
                new SimpleStringProperty(""),
                Act.of("=Refresh", () -> {}),
                kit -> new Region());
    }
}
