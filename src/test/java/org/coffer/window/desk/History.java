package org.coffer.window.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.coffer.console.Console;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.backup.NewReplica;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Desk;

/**
 * Two weeks of an administrator's home, for pictures: nightly backups of three disks with a gap, a failed one, a damaged
 * one, a verified one, one in the trash, and one that is being made.
 */
public final class History implements AutoCloseable {
    private final Days days;
    private final Blocking running;
    private final Vault vault;
    private final Disk web;
    private final List<Backup> ofWeb = new ArrayList<>();
    private final Backup broken;

    /** Makes it below {@code root}; takes a few seconds. */
    public History(Path root) throws Exception {
        days = new Days(root, Instant.parse("2026-11-07T18:00:00Z"));
        web = days.image("web-data", 12, Disk.Role.DATA);
        Disk system = days.image("sda-system", 16, Disk.Role.SYSTEM);
        Disk mail = days.image("邮件存储", 8, Disk.Role.DATA);
        vault = days.vault("vault_f61e", web, system);
        Vault office = days.vault("office_weekly", mail);
        for (int day = 0; day < 13; day++) {
            if (day < 4 || day > 7) {
                days.change(web, 1_000_000L * (day % 5), 120_000 + 40_000 * day);
                ofWeb.add(days.backup(days.backUp(vault, web, "manualbk_" + Integer.toHexString(0x4a10 + day * 977))));
            }
            if (day % 4 == 0) {
                days.pass(Duration.ofMinutes(25));
                days.backup(days.backUp(vault, system, "before_upgrade_" + day));
                days.change(mail, 0, 300_000);
                days.backup(days.backUp(office, mail, "每周备份_" + day));
            }
            days.pass(Duration.ofDays(1));
        }
        Vault offsite = days.vaultElsewhere("offsite_obs");
        days.vaultElsewhere("归档_2026");
        replicate(ofWeb.get(2), offsite, "replica_51b0");
        replicate(ofWeb.getLast(), offsite, "replica_91c4");
        broken = failed(root);
        console().backups().whole(ofWeb.get(5).id());
        console().backups().whole(ofWeb.get(7).id());
        console()
                .backups()
                .damaged(
                        ofWeb.get(2).id(),
                        Problem.of(
                                "vault.damaged",
                                "vault",
                                "vault_f61e",
                                "location",
                                "Backup drive",
                                "object",
                                "data/1c9f03be77a14d52/00000003.0-9f8e7d6c5b4a3921",
                                "details",
                                "has damaged entries",
                                "ranges",
                                """
                                {"backup":"manualbk","runs":[{"disk":"web-data","from":0,"to":65536},\
                                {"disk":"web-data","from":5242880,"to":5505024},\
                                {"disk":"web-data","from":7340032,"to":7405568}],"more":4,"bytes":1048576}"""));
        console().deletion().trash().put(List.of(ofWeb.getFirst().id()));
        console().backups().rename(ofWeb.getLast().id(), "before_release_3-2", "Before the shop moves to release 3.2");
        days.pass(Duration.ofHours(15));
        running = new Blocking(console().tasks(), TaskType.BACKUP);
        console().backups().start(new NewBackup(vault.id(), List.of(system.id()), "manualbk_d819", "", false));
        running.await();
    }

    private void replicate(Backup backup, Vault into, String name) throws InterruptedException {
        console().replicas().start(new NewReplica(backup.id(), into.id(), name));
        days.settle();
    }

    private Backup failed(Path root) throws Exception {
        Path away = root.resolve("away");
        Files.move(web.path(), away);
        Task task = days.backUp(vault, web, "manualbk_77e0");
        Files.move(away, web.path());
        console().disks().refresh();
        return days.backup(task);
    }

    public Console console() {
        return days.console();
    }

    public Days days() {
        return days;
    }

    public Clock clock() {
        return days.clock();
    }

    public Vault vault() {
        return vault;
    }

    public Disk web() {
        return web;
    }

    /** The good backups of web-data, oldest first; the first rests in the trash, the third is damaged. */
    public List<Backup> ofWeb() {
        return ofWeb;
    }

    /** The one whose disk was not there. */
    public Backup broken() {
        return broken;
    }

    /** A page inside the window's frame. */
    public Parent framed(Kit kit, String page, Function<Desk, Function<Kit, ? extends Node>> view) {
        return hosted(kit, page, view, Optional.empty());
    }

    /** A page inside the window's frame, and a dialog above it. */
    public Parent hosted(
            Kit kit,
            String page,
            Function<Desk, Function<Kit, ? extends Node>> view,
            Optional<BiConsumer<Desk, Kit>> open) {
        return Hosted.over(days.clock(), kit, page, view, open);
    }

    @Override
    public void close() {
        running.letGo();
        days.close();
    }
}
