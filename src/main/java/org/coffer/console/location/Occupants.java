package org.coffer.console.location;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.store.LocationMarker;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.vault.VaultHead;
import org.coffer.engine.vault.VaultId;
import org.coffer.problem.Problem;

/**
 * What lies at a place already, judged by the names right below its prefix: nothing, Coffer's own, or other things, among
 * which vaults would be at the mercy of whoever tidies up there. Vaults that were mixed up are told too.
 */
final class Occupants {
    private static final String VAULT = "vault-";
    private static final String TRIAL = "trial/";

    /** So many vaults are looked into; a trial is no inventory. */
    private static final int MOST = 16;

    private Occupants() {}

    /**
     * The last step of a trial: failed with {@code location.occupied} where only other things are; absent, with a problem, where
     * they lie beside vaults, or vaults are mixed up.
     */
    static TestStep look(ObjectStore place, String text) throws StoreException {
        List<String> names = place.beneath("");
        boolean mine = names.contains(LocationMarker.NAME);
        Optional<String> other = Optional.empty();
        for (String name : names) {
            if (name.startsWith(VAULT) && name.endsWith("/")) {
                mine = true;
            } else if (!name.equals(LocationMarker.NAME) && !name.equals(TRIAL) && other.isEmpty()) {
                other = Optional.of(name);
            }
        }
        Optional<Problem> occupied = other.map(name -> Problem.of("location.occupied", "path", text, "example", name));
        if (occupied.isPresent() && !mine) {
            return new TestStep(TestStep.Act.ALONE, TestStep.Result.FAILED, occupied);
        }
        Optional<Problem> told = mixed(place, text, names).or(() -> occupied);
        return new TestStep(TestStep.Act.ALONE, told.isEmpty() ? TestStep.Result.PASSED : TestStep.Result.ABSENT, told);
    }

    private static Optional<Problem> mixed(ObjectStore place, String text, List<String> names) throws StoreException {
        Set<VaultId> seen = new HashSet<>();
        List<String> folders = names.stream()
                .filter(name -> name.startsWith(VAULT) && name.endsWith("/"))
                .limit(MOST)
                .toList();
        for (String folder : folders) {
            String name = folder.substring(0, folder.length() - 1);
            Optional<VaultHead> head = head(place, folder, name);
            Optional<Problem> mixed =
                    head.filter(found -> found.vaults().size() > 1).flatMap(VaultHead::problem);
            if (mixed.isPresent()) {
                return mixed;
            }
            if (head.isPresent() && !head.get().vaults().stream().allMatch(seen::add)) {
                return Optional.of(Problem.of("vault.twice", "vault", name, "location", text));
            }
        }
        return Optional.empty();
    }

    private static Optional<VaultHead> head(ObjectStore place, String folder, String name) throws StoreException {
        try {
            return VaultHead.of(place.within(folder), name);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty(); // Damaged: whoever opens the vault is told.
        }
    }
}
