package org.coffer.window.vault;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Candidate;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.RetentionLock;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.problem.Problem;

/** Vaults, disks and places as an office would have them, for pictures. */
final class Things {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final UUID PLACE = UUID.fromString("00000000-0000-4000-8000-0000000000aa");

    private Things() {}

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static Disk disk(String name, String path, long gb, Disk.Role role, Disk.State state, Optional<Problem> cause) {
        return new Disk(
                id(name),
                name,
                Path.of(path),
                path.endsWith(".img"),
                gb * Vault.GB,
                path.endsWith(".img") ? "" : "Samsung SSD 870",
                path.endsWith(".img") ? "" : "S5Y3NJ0R" + gb,
                role,
                state,
                cause,
                state == Disk.State.IN_USE ? List.of("/") : List.of(),
                Disk.Encryption.NONE,
                Optional.empty(),
                NOW.minus(Duration.ofDays(2)));
    }

    static Disk system() {
        return disk("sda-system", "/dev/sda", 500, Disk.Role.SYSTEM, Disk.State.IN_USE, Optional.empty());
    }

    static Disk data() {
        return disk("web-data", "/dev/sdb", 120, Disk.Role.DATA, Disk.State.AVAILABLE, Optional.empty());
    }

    static Disk mail() {
        return disk("mail", "/srv/images/mail.img", 40, Disk.Role.DATA, Disk.State.AVAILABLE, Optional.empty());
    }

    static Disk denied() {
        return disk(
                "archive",
                "/dev/sdc",
                2000,
                Disk.Role.DATA,
                Disk.State.FAULTY,
                Optional.of(Problem.of("disk.permission", "disk", "archive", "group", "disk")));
    }

    static Disk gone() {
        return disk("Elements 2 TB", "/dev/sdd", 2000, Disk.Role.DATA, Disk.State.MISSING, Optional.empty());
    }

    static Vault vault(
            String name, long capacityGb, long used, VaultStatus status, Optional<Problem> problem, Disk... disks) {
        return new Vault(
                id(name),
                name,
                "",
                PLACE,
                "Backup drive",
                capacityGb,
                used,
                status,
                problem,
                true,
                status != VaultStatus.ERROR,
                false,
                "",
                name.startsWith("web") ? Optional.empty() : Optional.of(NOW.minus(Duration.ofDays(3))),
                NOW.minus(Duration.ofDays(40)),
                Optional.empty(),
                Optional.empty(),
                Map.of("team", "shop"),
                List.of(disks).stream().map(Disk::id).toList(),
                List.of(disks).stream().mapToLong(Disk::capacity).sum(),
                Optional.empty(),
                false,
                Optional.empty(),
                Protection.BACKUP);
    }

    /** One that takes only copies, and is kept by another computer. */
    static Vault copies() {
        Vault web = web();
        return new Vault(
                id("copies_of_shop"),
                "copies_of_shop",
                "",
                PLACE,
                web.locationName(),
                web.capacityGb(),
                web.used(),
                web.status(),
                web.problem(),
                true,
                true,
                false,
                "",
                Optional.of(NOW.minus(Duration.ofDays(3))),
                web.createdAt(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                0,
                Optional.empty(),
                true,
                Optional.of("backup-server-of-the-office"),
                Protection.REPLICATION);
    }

    /** One under retention lock, which the place keeps to or not. */
    static Vault kept(boolean enforced) {
        Vault web = web();
        return new Vault(
                web.id(),
                web.name(),
                "",
                PLACE,
                web.locationName(),
                web.capacityGb(),
                web.used(),
                web.status(),
                web.problem(),
                true,
                true,
                false,
                "",
                Optional.of(NOW.minus(Duration.ofDays(3))),
                web.createdAt(),
                Optional.empty(),
                Optional.empty(),
                web.tags(),
                web.disks(),
                web.boundBytes(),
                Optional.of(new RetentionLock(NOW.minus(Duration.ofDays(2)), enforced)),
                false,
                Optional.empty(),
                Protection.BACKUP);
    }

    static Vault web() {
        return vault("web_data", 500, 93 * Vault.GB, VaultStatus.AVAILABLE, Optional.empty(), data(), mail());
    }

    static Vault frozen() {
        return vault(
                "照片归档",
                2000,
                1240 * Vault.GB,
                VaultStatus.FROZEN,
                Optional.of(Problem.of("location.unreachable", "location", "USB drive", "n", 1)),
                gone());
    }

    /** A name of 64 letters, the most there may be. */
    static Vault longEnglish() {
        return vault(
                "accounting_department_server_room_2_rack_b_monthly_archive_2026x",
                500,
                93 * Vault.GB,
                VaultStatus.AVAILABLE,
                Optional.empty(),
                data());
    }

    /** A name of 64 Chinese characters. */
    static Vault longChinese() {
        return vault(
                "财务部二号机房乙排服务器每月归档存储库".repeat(4).substring(0, 64),
                500,
                460 * Vault.GB,
                VaultStatus.AVAILABLE,
                Optional.empty(),
                mail());
    }

    static Vault locked() {
        return vault("office", 400, 392 * Vault.GB, VaultStatus.LOCKED, Optional.empty(), system());
    }

    static Vault broken() {
        return vault(
                "finance",
                200,
                216 * Vault.GB,
                VaultStatus.ERROR,
                Optional.of(Problem.of("vault.no-key", "vault", "finance")));
    }

    static VaultRow row(Vault vault, int hours, String... disks) {
        return new VaultRow(
                vault,
                List.of(disks),
                12,
                hours < 0 ? Optional.empty() : Optional.of(NOW.minus(Duration.ofHours(hours))),
                vault.disks().isEmpty() ? Optional.empty() : Optional.of(policy()));
    }

    /** Every night, the newest 30, and more besides. */
    static Policy policy() {
        return new Policy(
                new UUID(0, 77),
                new PolicyPlan(
                        "nightly",
                        true,
                        new Schedule(
                                ZoneId.of("Asia/Shanghai"),
                                List.of(LocalTime.of(2, 0)),
                                new Days.Every(1, LocalDate.of(2026, 11, 1))),
                        new Retention.ByCount(30, new Retention.Periods(7, 4, 12, 0)),
                        OptionalInt.empty(),
                        Missed.ONCE,
                        Conditions.NONE),
                NOW,
                NOW,
                NOW);
    }

    static Policy replication() {
        return new Policy(
                new UUID(0, 78), policy().plan().named("weekly_to_obs").replicatingTo(new UUID(0, 79)), NOW, NOW, NOW);
    }

    static Location place() {
        return new Location(
                PLACE,
                "Backup drive",
                new Address.Folder(Path.of("/mnt/backup")),
                "",
                0,
                Location.Status.CONNECTED,
                3100 * Vault.GB,
                4000 * Vault.GB,
                Optional.empty(),
                NOW.minus(Duration.ofDays(90)));
    }

    static List<Candidate> candidates() {
        return List.of(
                new Candidate(
                        data(),
                        Optional.empty(),
                        List.of(Problem.of("location.beside", "location", "Backup drive", "disk", "web-data"))),
                new Candidate(mail(), Optional.empty(), List.of()),
                new Candidate(
                        system(),
                        Optional.of(Problem.of("bind.taken", "disk", "sda-system", "vault", "office")),
                        List.of()),
                new Candidate(denied(), denied().cause(), List.of()),
                new Candidate(gone(), Optional.of(Problem.of("disk.missing", "disk", "Elements 2 TB")), List.of()));
    }
}
