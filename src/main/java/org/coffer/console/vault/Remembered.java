package org.coffer.console.vault;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Json;
import org.coffer.console.catalog.Kept;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disk;

/**
 * What a vault remembers about itself, read back (V17). Whatever cannot be understood is left out: a vault whose memory
 * is damaged still has all its backups.
 *
 * @param whole whether all of it could be read
 * @param id the ID of the vault
 * @param facts name, capacity and the like
 * @param tags its tags
 * @param autoBind which disks bind themselves
 * @param disks the disks that were bound, in this order
 * @param owner who wrote it
 * @param rest everything, for the nouns to the right
 */
public record Remembered(
        boolean whole,
        Optional<UUID> id,
        Facts facts,
        Map<String, String> tags,
        Optional<AutoBindRule> autoBind,
        List<BoundDisk> disks,
        Optional<Owner> owner,
        Map<String, Object> rest) {
    private static final int LONGEST_PREFIX = 40;
    private static final int LONGEST_IDENTITY = 400;

    /**
     * What is told of the vault itself.
     *
     * @param name its name; empty if unknown
     * @param description free text
     * @param capacityGb its quota; empty if unknown
     * @param autoExpand whether it grows by itself
     * @param backupPrefix put before the names of automatic backups
     * @param createdAt when it was made
     * @param trashedAt when it was put into the trash
     * @param sheetSaved when its recovery sheet was saved
     * @param protection what it is for
     */
    public record Facts(
            Optional<String> name,
            String description,
            Optional<Long> capacityGb,
            boolean autoExpand,
            String backupPrefix,
            Optional<Instant> createdAt,
            Optional<Instant> trashedAt,
            Optional<Instant> sheetSaved,
            Protection protection) {}

    /**
     * A disk that was bound.
     *
     * @param identity what tells it apart from all others
     */
    public record BoundDisk(UUID id, String identity, String name, long capacity, Disk.Role role) {}

    /**
     * The console that keeps the vault.
     *
     * @param console its ID
     * @param host the computer's name
     * @param user the account's name
     */
    public record Owner(String console, String host, String user) {}

    /** Of a vault that remembers nothing. */
    public static Remembered nothing() {
        return read(Map.of(), false);
    }

    /** Reads what a vault keeps. */
    public static Remembered read(byte[] payload) {
        try {
            return read(Json.read(new String(payload, StandardCharsets.UTF_8)), true);
        } catch (UncheckedIOException e) {
            return nothing();
        }
    }

    private static Remembered read(Map<String, Object> content, boolean readable) {
        Kept kept = new Kept(content);
        Facts facts = new Facts(
                kept.text("name").filter(name -> kept.expect(Names.problem(name).isEmpty())),
                kept.text("description")
                        .filter(text ->
                                kept.expect(Names.descriptionProblem(text).isEmpty()))
                        .orElse(""),
                kept.number("capacityGb")
                        .filter(gb -> kept.expect(Capacity.problem(gb).isEmpty())),
                kept.flag("autoExpand"),
                kept.text("backupPrefix")
                        .filter(text -> text.isEmpty()
                                || kept.expect(
                                        Names.problem(text, LONGEST_PREFIX).isEmpty()))
                        .orElse(""),
                kept.moment("createdAt"),
                kept.moment("trashedAt"),
                kept.moment("sheetSaved"),
                kept.text("protection").filter("replication"::equals).isPresent()
                        ? Protection.REPLICATION
                        : Protection.BACKUP);
        Map<String, String> tags = new LinkedHashMap<>();
        kept.inner("tags").forEach((key, value) -> tags.put(key, String.valueOf(value)));
        boolean tagged = kept.expect(Tags.problem(tags).isEmpty());
        List<BoundDisk> disks = new ArrayList<>();
        for (Map<String, Object> one : kept.inners("disks")) {
            disk(new Kept(one)).ifPresentOrElse(disks::add, () -> kept.expect(false));
        }
        Kept rule = new Kept(kept.inner("autoBind"));
        Optional<AutoBindRule> autoBind = rule.text("pattern")
                .map(pattern -> new AutoBindRule(pattern, rule.text("folder").orElse("")))
                .filter(wanted -> kept.expect(AutoBinding.problem(wanted).isEmpty()));
        Kept owner = new Kept(kept.inner("owner"));
        return new Remembered(
                readable && kept.whole() && facts.name().isPresent(),
                kept.id("id"),
                facts,
                tagged ? Map.copyOf(tags) : Map.of(),
                autoBind,
                List.copyOf(disks),
                owner.text("console")
                        .map(console -> new Owner(
                                console,
                                owner.text("host").orElse("?"),
                                owner.text("user").orElse("?"))),
                content);
    }

    private static Optional<BoundDisk> disk(Kept kept) {
        Optional<UUID> id = kept.id("id");
        Optional<String> name = kept.text("name").filter(given -> !given.isEmpty());
        Optional<String> identity =
                kept.text("identity").filter(given -> !given.isEmpty() && given.length() <= LONGEST_IDENTITY);
        if (id.isEmpty() || name.isEmpty() || identity.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BoundDisk(
                id.get(),
                identity.get(),
                name.get(),
                Math.max(0, kept.number("capacity").orElse(0L)),
                kept.word("role", Disk.Role.class).orElse(Disk.Role.DATA)));
    }
}
