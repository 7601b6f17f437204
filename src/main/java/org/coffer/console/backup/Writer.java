package org.coffer.console.backup;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.catalog.Json;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.DiskFacts;
import org.coffer.engine.vault.DiskRoot;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Settlement;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Writes to vaults in this console's name, and turns what the catalog knows of a backup into what its commit keeps. */
public final class Writer {
    private static final Logger LOG = System.getLogger(Writer.class.getName());
    private static final String CONSOLE = "console.id";
    private static final int LONGEST_IDENTITY = 128;
    private static final int LONGEST_NAME = 64;

    private final ConsoleId console;
    private final String host = host();
    private final Disks disks;
    private final Vaults vaults;
    private final Reconciler reconciler;
    private final HeldRuns held;

    /** Uses the console's ID in the settings; draws one at the first start. */
    public Writer(Settings settings, Disks disks, Vaults vaults, Backups backups, Reconciler reconciler) {
        this.disks = disks;
        this.vaults = vaults;
        this.reconciler = reconciler;
        this.held = new HeldRuns(backups);
        Optional<String> known = settings.get(CONSOLE);
        if (known.isPresent()) {
            this.console = ConsoleId.of(known.get());
        } else {
            this.console = ConsoleId.random(new SecureRandom());
            settings.set(CONSOLE, console.toString());
        }
        vaults.memory().writtenBy(console.toString());
        vaults.memory().also(vault -> Map.of("owner", owner()));
    }

    /** The same in letters. */
    public String id() {
        return console.toString();
    }

    /** Who this console is in the vaults. */
    ConsoleId console() {
        return console;
    }

    /** Who keeps the vaults that this console describes; the names are for people (V17). */
    private Map<String, Object> owner() {
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("console", console.toString());
        owner.put("host", host);
        owner.put("user", System.getProperty("user.name", "?"));
        return owner;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "?";
        }
    }

    /**
     * Ends every run of other consoles in a vault, because somebody knows that they are gone for good (V17).
     *
     * @return how many had not ended
     * @throws ProblemException if the location fails
     */
    public int dismissOthers(UUID vault) {
        return vaults.open().get(vault).dismissOthers(console);
    }

    /**
     * Begins a run of a disk, going on with what runs of this console left behind that did not finish, but for those of other disks that
     * somebody goes on with. One whose end was not known may turn out to be a backup, which the catalog learns of first.
     */
    Session begin(UUID vault, UUID disk) {
        List<SessionId> left = settle(vault).adoptable();
        return vaults.open().get(vault).begin(console, left, left.isEmpty() ? Set.of() : held.ofOthers(vault, disk));
    }

    /** Brings every run of this console that is not running any more to a certain end: a backup, or none. */
    Settlement settle(UUID id) {
        Settlement left = vaults.open().get(id).settle(console);
        reconciler.learn(id);
        return left;
    }

    /**
     * Keeps later backups from leaning on what turned out to be damaged. If the location cannot be written to now, that a
     * backup is known to be damaged still makes the next one of its disk a full one.
     *
     * @param damage a {@code vault.damaged}
     */
    public void avoid(UUID vault, Problem damage) {
        if (damage.args().get("object") instanceof String object) {
            avoid(vault, object);
        }
    }

    /** The same by the full name of the damaged object. */
    void avoid(UUID vault, String object) {
        try {
            vaults.open().get(vault).avoid(console, object);
        } catch (ProblemException e) {
            LOG.log(Level.WARNING, "what is damaged could not be condemned: " + object, e);
        }
    }

    /** Compares the catalog with a vault that a run of a dead process wrote to. */
    void lookAgain(UUID vault) {
        reconciler.lookAgain(vault);
    }

    /** What a commit keeps of a disk. Longer identities are kept by their hash; the description has them whole. */
    DiskFacts facts(Disk disk) {
        String identity = disks.identity(disk.id());
        return new DiskFacts(
                identity.length() <= LONGEST_IDENTITY ? identity : "sha256:" + sha256(identity), cut(disk.name()));
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static DiskRoot onlyDisk(Commit commit) {
        return commit.disks().getFirst();
    }

    /** What a commit keeps beside its facts, so that a lost catalog can be rebuilt from the vault alone. */
    byte[] about(Backup backup, Disk disk) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("backup", backup.id().toString());
        about.put("description", backup.description());
        about.put("disk", disk.id().toString());
        about.put("identity", disks.identity(disk.id()));
        about.put("diskName", disk.name());
        about.put("role", disk.role().name());
        about.put("encryption", disk.encryption().name());
        about.put("model", disk.model());
        about.put("serial", disk.serial());
        about.putAll(kept(backup));
        return Json.write(about).getBytes(StandardCharsets.UTF_8);
    }

    /** Whose a backup is, and until when it is kept. */
    static Map<String, Object> kept(Backup backup) {
        Map<String, Object> about = new LinkedHashMap<>();
        backup.automatic().ifPresent(from -> {
            about.put("policy", from.policy().toString());
            about.put("slot", from.slot().toString());
        });
        backup.expiresAt().ifPresent(at -> about.put("expires", at.toString()));
        return about;
    }

    CommitFacts facts(
            Backup backup, Disk disk, Kind kind, Consistency consistency, String reason, Optional<Commit> parent) {
        return new CommitFacts(
                backup.name(),
                disk.id().toString(),
                "",
                origin(backup.origin()),
                CommitFacts.Kind.valueOf(kind.name()),
                CommitFacts.Consistency.valueOf(consistency.name()),
                reason,
                parent.map(Commit::id).orElse(null),
                backup.createdAt(),
                backup.createdAt());
    }

    private static CommitFacts.Origin origin(Origin origin) {
        return switch (origin) {
            case MANUAL -> CommitFacts.Origin.MANUAL;
            case AUTOMATIC -> CommitFacts.Origin.AUTOMATIC;
            case REPLICA -> CommitFacts.Origin.REPLICA;
            case SHARED -> CommitFacts.Origin.SHARED;
            case SAFETY_COPY -> CommitFacts.Origin.SAFETY;
        };
    }

    static Origin origin(CommitFacts.Origin origin) {
        return switch (origin) {
            case MANUAL -> Origin.MANUAL;
            case AUTOMATIC -> Origin.AUTOMATIC;
            case REPLICA -> Origin.REPLICA;
            case SHARED -> Origin.SHARED;
            case SAFETY -> Origin.SAFETY_COPY;
        };
    }

    /**
     * What {@link #about(Backup, Disk)} kept; empty if the commit was written by something else.
     *
     * @throws ProblemException {@code vault.damaged}, or if the location fails
     */
    static Map<String, Object> about(org.coffer.engine.vault.Vault vault, Commit commit) {
        return read(vault.about(commit));
    }

    /** Reads what was kept; empty if it is damaged, or was written by something else. */
    static Map<String, Object> read(byte[] about) {
        try {
            return about.length == 0 ? Map.of() : Json.read(new String(about, StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            return Map.of();
        }
    }
}
