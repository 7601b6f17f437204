package org.coffer.console.vault;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.Pin;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Makes vaults (V2 to V5): first what stands in the way, then key, objects, row and bindings, all of it or nothing. */
final class VaultMaker {
    /** Who made a vault, in its header. */
    private static final String PROGRAM =
            Objects.requireNonNullElse(Vaults.class.getPackage().getImplementationVersion(), "development");

    private final VaultStore store;
    private final Vaults vaults;
    private final Naming naming;
    private final Bindings bindings;
    private final OpenVaults open;
    private final Locations locations;
    private final Disks disks;
    private final Audit audit;
    private final Clock clock;

    VaultMaker(
            VaultStore store,
            Vaults vaults,
            Naming naming,
            Bindings bindings,
            OpenVaults open,
            Locations locations,
            Disks disks,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.vaults = vaults;
        this.naming = naming;
        this.bindings = bindings;
        this.open = open;
        this.locations = locations;
        this.disks = disks;
        this.audit = audit;
        this.clock = clock;
    }

    /** The advised capacity in GB for these disks (V4): twice their size, in whole GB, within the limits. */
    long suggestedCapacityGb(List<UUID> chosen) {
        long bytes = chosen.stream()
                .mapToLong(disk -> disks.find(disk).map(Disk::capacity).orElse(0L))
                .sum();
        return Math.clamp(Math.ceilDiv(2 * bytes, Vault.GB), Vault.SMALLEST_GB, Vault.LARGEST_GB);
    }

    /** What is wrong with a new vault, by the field's name: name, description, location, capacity, disks, passphrase … */
    Map<String, Problem> problems(NewVault wanted) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        naming.problem(wanted.name(), Optional.empty()).ifPresent(p -> problems.put("name", p));
        Names.descriptionProblem(wanted.description()).ifPresent(p -> problems.put("description", p));
        Optional<Location> location = locations.find(wanted.location());
        if (location.isEmpty()) {
            problems.put("location", Problem.of("location.unknown", "location", wanted.location()));
        } else if (!location.get().status().writable()) {
            problems.put(
                    "location",
                    location.get()
                            .problem()
                            .orElse(Problem.of(
                                    "location.unreachable",
                                    "location",
                                    location.get().name())));
        }
        Capacity.problem(wanted.capacityGb()).ifPresent(p -> problems.put("capacity", p));
        if (location.isPresent() && !problems.containsKey("location")) {
            bindings.problem(wanted.name(), location.get(), wanted.capacityGb(), List.of(), wanted.disks())
                    .ifPresent(p -> problems.putIfAbsent(p.code().equals("bind.capacity") ? "capacity" : "disks", p));
        }
        if (wanted.protection() == Protection.REPLICATION && !wanted.disks().isEmpty()) {
            problems.put("disks", VaultAction.replicasOnly(wanted.name()));
        }
        wanted.passphrase()
                .filter(passphrase -> wanted.encrypted())
                .flatMap(VaultKeys::problem)
                .ifPresent(p -> problems.put("passphrase", p));
        if (!wanted.backupPrefix().isEmpty()) {
            Names.problem(wanted.backupPrefix(), 40).ifPresent(p -> problems.put("backupPrefix", p));
        }
        Tags.problem(wanted.tags()).ifPresent(p -> problems.put("tags", p));
        return problems;
    }

    /**
     * Makes a vault. Its key is kept sealed in the home before the first object is written, so that no crash leaves a
     * vault that nobody can open.
     *
     * @param also done in the transaction that enters it
     * @throws ProblemException the first of {@link #problems}, or why the location cannot be written
     */
    Vault create(NewVault wanted, Consumer<UUID> also) {
        problems(wanted).values().stream().findFirst().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        UUID id = UUID.randomUUID();
        String prefix = "vault-" + id + '/';
        VaultStore.Row row;
        try (MasterKey key = MasterKey.random(new java.security.SecureRandom())) {
            byte[] bytes = key.copy();
            try {
                open.keep(id, bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
            Pin pin = write(wanted, prefix, key);
            row = new VaultStore.Row(
                    id,
                    wanted.name(),
                    wanted.description(),
                    wanted.location(),
                    prefix,
                    wanted.capacityGb(),
                    0,
                    VaultStatus.AVAILABLE,
                    Optional.empty(),
                    wanted.encrypted(),
                    wanted.autoExpand(),
                    wanted.backupPrefix(),
                    VaultPin.text(pin),
                    Optional.empty(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    wanted.protection());
        } catch (RuntimeException e) {
            removeObjects(wanted, prefix);
            open.forgetKey(id);
            throw e;
        }
        Vault made = enter(row, wanted, also);
        audit.succeeded(
                AuditEvent.CREATE_VAULT,
                Vaults.target(made),
                Map.of(),
                Map.of("capacity", made.capacityGb(), "location", made.locationName(), "encrypted", made.encrypted()));
        if (!wanted.disks().isEmpty()) {
            audit.succeeded(
                    AuditEvent.ADD_RESOURCES,
                    Vaults.target(made),
                    Map.of(),
                    Map.of("disks", wanted.disks().size()));
        }
        return made;
    }

    /** Writes the row and the bindings. If a disk was bound elsewhere meanwhile, nothing of the vault stays behind. */
    private Vault enter(VaultStore.Row row, NewVault wanted, Consumer<UUID> also) {
        try {
            return naming.give(row.name(), row.id(), () -> {
                store.insert(row, wanted.tags());
                bindings.bindFirst(vaults.get(row.id()), wanted.disks());
                also.accept(row.id());
                return vaults.get(row.id());
            });
        } catch (RuntimeException e) {
            removeObjects(wanted, row.prefix());
            open.forgetKey(row.id());
            throw e;
        }
    }

    /** What was begun of a vault that is none. Where it cannot be removed, it is only room that is lost. */
    private void removeObjects(NewVault wanted, String prefix) {
        try (var objects = locations.open(wanted.location(), prefix)) {
            VaultObjects.delete(objects, Work.quiet());
        } catch (StoreException e) {
            System.getLogger(VaultMaker.class.getName())
                    .log(System.Logger.Level.WARNING, "removing what was begun of vault " + wanted.name(), e);
        }
    }

    private Pin write(NewVault wanted, String prefix, MasterKey key) {
        var options = new org.coffer.engine.vault.NewVault(wanted.encrypted(), PROGRAM);
        try (org.coffer.engine.vault.Vault vault = org.coffer.engine.vault.Vault.create(
                locations.open(wanted.location(), prefix), wanted.name(), options, key)) {
            if (wanted.encrypted()) {
                wanted.passphrase().ifPresent(passphrase -> vault.slots().addPassphrase(passphrase));
            }
            return vault.pin();
        }
    }
}
