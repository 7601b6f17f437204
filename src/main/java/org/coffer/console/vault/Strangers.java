package org.coffer.console.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.NearCache;
import org.coffer.engine.vault.Unlock;
import org.coffer.engine.vault.VaultHead;
import org.coffer.engine.vault.VaultId;
import org.coffer.machine.Overlap;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Vaults that lie in a location and are not this home's: finding them, opening them with what somebody knows, and entering
 * them into the catalog (V17). Looking and opening write nothing anywhere.
 */
public final class Strangers {
    private static final String FOLDER = "vault-";

    private final VaultStore store;
    private final Naming naming;
    private final OpenVaults open;
    private final Locations locations;
    private final Disks disks;
    private final Clock clock;

    Strangers(VaultStore store, Naming naming, OpenVaults open, Locations locations, Disks disks, Clock clock) {
        this.store = store;
        this.naming = naming;
        this.open = open;
        this.locations = locations;
        this.disks = disks;
        this.clock = clock;
    }

    /**
     * What became of a vault that was entered.
     *
     * @param vault its ID
     * @param notes what is not as it was: {@code attach.renamed}, {@code attach.disk}, {@code attach.undescribed}
     */
    public record Entered(UUID vault, List<Problem> notes) {
        /** Keeps an unmodifiable copy. */
        public Entered {
            notes = List.copyOf(notes);
        }
    }

    /**
     * All vaults in a location, also those that this home knows.
     *
     * @throws ProblemException {@code location.unknown}, or why it cannot be read
     */
    public List<Stranger> find(UUID location) {
        open.forgetLooks();
        Location place = locations.get(location);
        Map<String, VaultHead> heads = new TreeMap<>();
        ObjectStore objects = locations.open(location);
        try {
            for (String folder : objects.beneath("")) {
                if (folder.startsWith(FOLDER) && folder.endsWith("/")) {
                    VaultHead.of(objects.within(folder), folder.substring(0, folder.length() - 1))
                            .ifPresent(head -> heads.put(folder, head));
                }
            }
        } catch (StoreException e) {
            throw StoreProblems.of(e, place.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Whatever is damaged there is told of each vault.
        }
        // A header that strayed among another vault's objects is no second vault.
        Map<VaultId, Long> copies = heads.values().stream()
                .filter(head -> head.vaults().size() == 1)
                .flatMap(head -> head.vaults().stream())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        Map<VaultId, VaultStore.Row> known = known();
        List<Stranger> found = new ArrayList<>();
        heads.forEach((folder, head) -> found.add(stranger(place, folder, head, copies, known)));
        return found;
    }

    private Map<VaultId, VaultStore.Row> known() {
        Map<VaultId, VaultStore.Row> known = new HashMap<>();
        store.all().stream()
                .filter(row -> !row.pin().isEmpty())
                .forEach(row -> known.put(VaultPin.parse(row.pin()).vault(), row));
        return known;
    }

    private Stranger stranger(
            Location place,
            String folder,
            VaultHead head,
            Map<VaultId, Long> copies,
            Map<VaultId, VaultStore.Row> known) {
        Optional<VaultStore.Row> mine = head.vaults().stream()
                .flatMap(id -> Optional.ofNullable(known.get(id)).stream())
                .findFirst();
        boolean here = mine.filter(
                        row -> row.location().equals(place.id()) && row.prefix().equals(folder))
                .isPresent();
        Optional<Problem> problem = head.problem();
        if (problem.isEmpty() && mine.isPresent()) {
            problem = mine.map(row -> known(row, here));
        } else if (problem.isEmpty() && head.vaults().stream().anyMatch(id -> copies.getOrDefault(id, 0L) > 1)) {
            problem = Optional.of(Problem.of(
                    "vault.twice", "vault", folder.substring(0, folder.length() - 1), "location", place.name()));
        }
        boolean locked = !head.open() && id(folder).flatMap(open::kept).isEmpty();
        return new Stranger(place.id(), folder, locked, mine.map(VaultStore.Row::id), problem);
    }

    /** Already this home's; a copy elsewhere is not the same as the one that it knows. */
    private Problem known(VaultStore.Row row, boolean here) {
        String where = locations.find(row.location()).map(Location::name).orElse("?");
        return Problem.of(here ? "vault.known" : "vault.known-elsewhere", "vault", row.name(), "location", where);
    }

    /**
     * Opens a vault.
     *
     * @param typed a passphrase or a recovery code, which the caller wipes; empty for a vault that takes no key
     * @throws ProblemException the stranger's problem, {@code key.wrong}, or why it cannot be read
     */
    public OpenedStranger open(Stranger found, Optional<char[]> typed) {
        found.problem().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (!found.encrypted()) {
            return kept(found).orElseGet(() -> open(found, new Unlock.Open(), false));
        }
        char[] secret = typed.orElseThrow(() -> new ProblemException(Problem.of("key.wrong", "vault", found.folder())));
        // Only what has that shape becomes a string, which nobody can wipe.
        if (VaultKeys.CODE.matcher(CharBuffer.wrap(secret)).matches()) {
            try {
                return open(found, new Unlock.Recovery(new String(secret)), true);
            } catch (ProblemException e) {
                if (!e.problem().code().equals("key.wrong")) {
                    throw e;
                }
            }
        }
        return open(found, new Unlock.Passphrase(secret), false);
    }

    /** With the key that this home kept when it forgot the vault; empty if it has none. */
    private Optional<OpenedStranger> kept(Stranger found) {
        Optional<byte[]> key = id(found.prefix()).flatMap(open::kept);
        try {
            return key.map(bytes -> {
                try (MasterKey master = MasterKey.of(bytes)) {
                    return open(found, new Unlock.Key(master), false);
                }
            });
        } finally {
            key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        }
    }

    private OpenedStranger open(Stranger found, Unlock unlock, boolean byCode) {
        ObjectStore objects = locations.open(found.location(), found.prefix());
        // What is read here is at hand when it is attached and opened under this ID.
        NearCache near = id(found.prefix())
                .filter(id -> store.find(id).isEmpty())
                .map(id -> open.near(id, objects))
                .orElseGet(NearCache::none);
        try (org.coffer.engine.vault.Vault opened =
                org.coffer.engine.vault.Vault.open(objects, found.folder(), unlock, null, near)) {
            List<Commit> backups = opened.backups();
            Remembered remembered = opened.description()
                    .map(kept -> Remembered.read(kept.payload()))
                    .orElse(Remembered.nothing());
            return new OpenedStranger(
                    found,
                    remembered,
                    backups.size(),
                    backups.isEmpty()
                            ? Optional.empty()
                            : Optional.of(backups.getLast().facts().moment()),
                    opened.damaged().size(),
                    new OpenedStranger.Secret(opened.key(), opened.pin(), opened.encrypted(), byCode));
        }
    }

    /**
     * Enters a vault into the catalog: its key, itself, its tags, and the disks that were bound. All of it or nothing; its
     * backups follow when it is opened, which is the caller's business.
     *
     * @param beside whether the console that kept it so far goes on doing that
     * @param also done in the same transaction
     * @throws ProblemException {@code vault.known}, if it was entered meanwhile
     */
    public Entered enter(OpenedStranger opened, boolean beside, Consumer<UUID> also) {
        Remembered remembered = opened.remembered();
        Optional<VaultStore.Row> already =
                Optional.ofNullable(known().get(opened.secret().pin().vault()));
        already.ifPresent(row -> {
            throw new ProblemException(
                    known(row, row.prefix().equals(opened.found().prefix())));
        });
        UUID id = free(remembered.id().or(() -> id(opened.found().prefix())));
        List<Problem> notes = new ArrayList<>();
        if (!remembered.whole()) {
            notes.add(Problem.of("attach.undescribed", "vault", opened.name()));
        }
        byte[] key = opened.secret().key().copy();
        try {
            open.keep(id, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        try {
            String wanted = remembered
                    .facts()
                    .name()
                    .orElseGet(() -> "vault_" + id.toString().substring(0, 4));
            String name = naming.free(wanted);
            if (!name.equals(wanted)) {
                notes.add(Problem.of("attach.renamed", "vault", wanted, "name", name));
            }
            naming.give(name, id, () -> {
                store.insert(row(opened, id, name, beside), remembered.tags());
                remembered.autoBind().ifPresent(rule -> store.autoBind(id, Optional.of(rule)));
                bind(id, opened, notes);
                also.accept(id);
                return id;
            });
        } catch (RuntimeException e) {
            open.forgetKey(id);
            throw e;
        }
        return new Entered(id, notes);
    }

    private UUID free(Optional<UUID> wanted) {
        return wanted.filter(id -> store.find(id).isEmpty()).orElseGet(UUID::randomUUID);
    }

    private static Optional<UUID> id(String prefix) {
        try {
            return Optional.of(UUID.fromString(prefix.substring(FOLDER.length(), prefix.length() - 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private VaultStore.Row row(OpenedStranger opened, UUID id, String name, boolean beside) {
        Remembered.Facts facts = opened.remembered().facts();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new VaultStore.Row(
                id,
                name,
                facts.description(),
                opened.found().location(),
                opened.found().prefix(),
                facts.capacityGb().orElse(Vault.LARGEST_GB),
                0,
                VaultStatus.AVAILABLE,
                Optional.empty(),
                opened.secret().encrypted(),
                facts.autoExpand(),
                facts.backupPrefix(),
                VaultPin.text(opened.secret().pin()),
                opened.secret().byCode() ? Optional.of(facts.sheetSaved().orElse(now)) : facts.sheetSaved(),
                facts.createdAt().orElse(now),
                facts.trashedAt(),
                0,
                Optional.empty(),
                Optional.empty(),
                beside,
                beside ? opened.remembered().owner().map(Remembered.Owner::host) : Optional.empty(),
                facts.protection());
    }

    /** Binds the disks that were bound, but those that serve another vault here by now, or carry the location (L5, V13). */
    private void bind(UUID vault, OpenedStranger opened, List<Problem> notes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Set<UUID> taken =
                store.bindings().values().stream().flatMap(List::stream).collect(Collectors.toSet());
        Location place = locations.get(opened.found().location());
        for (Remembered.BoundDisk bound : opened.remembered().disks()) {
            Disk disk = disks.remember(bound.id(), bound.identity(), bound.name(), bound.capacity(), bound.role());
            boolean carries = disk.state().readable()
                    && place.folder()
                            .filter(folder -> disks.overlap(disk.id(), folder) == Overlap.CARRIES)
                            .isPresent();
            if (carries || !taken.add(disk.id())) {
                notes.add(Problem.of("attach.disk", "vault", opened.name(), "disk", disk.name()));
            } else {
                store.bind(vault, disk.id(), now);
            }
        }
    }
}
