package org.coffer.engine.vault;

import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * An open vault: the way in to everything that {@code docs/vault-format.md} describes.
 *
 * <p><b>Promises.</b> A backup that {@link Session#commit} returned is there until somebody purges it, whatever other
 * consoles, collectors and crashes do. Bytes are handed out only if they are exactly those that were stored. A damaged
 * object never blocks the rest: it is in {@link #damaged}, and what it does not hit works.
 *
 * <p><b>Use.</b> Any number of threads. {@link #backups} and {@link #damaged} show what the last {@link #refresh}, commit
 * or purge of this instance saw. The store is not closed with the vault.
 *
 * <p><b>Failure.</b> Expected trouble is a {@link ProblemException}: {@code vault.newer}, {@code vault.header},
 * {@code vault.damaged}, {@code key.wrong}, {@code location.full}, {@code .denied}, {@code .unreachable},
 * {@code .missing}, {@code .failed}.
 *
 * <p><b>Memory.</b> 1.25 bytes of filter for each block, caches of 30 MiB in all, 5 MiB for each thread at work, and for
 * each running session up to 80 MiB of buffers and 24 MiB of remembered blocks.
 */
public final class Vault implements AutoCloseable {
    private final VaultCore core;
    private final Header header;
    private volatile List<Damage> headDamage;
    private final Markers markers;
    private final Catalog catalog;
    private final BlockIndex index;
    private final LostPacks lost;
    private final Set<SessionId> live = ConcurrentHashMap.newKeySet();
    private final LastSeen seen = new LastSeen();
    private volatile @Nullable Usage usage;
    private final Descriptions descriptions;
    private final LockableStore store;
    private final Retainer retainer;

    private Vault(VaultCore core, LockableStore store, Header header, List<Damage> headDamage) {
        this.core = core;
        this.store = store;
        this.header = header;
        this.headDamage = List.copyOf(headDamage);
        this.markers = new Markers(core);
        this.catalog = new Catalog(core, markers);
        this.index = new BlockIndex(core);
        this.lost = new LostPacks(core);
        this.descriptions = new Descriptions(core);
        this.retainer = new Retainer(core, catalog);
    }

    /**
     * Makes a vault in an empty part of a store, and opens it.
     *
     * @param store the part of the store that is the vault's own
     * @param name what people call it; only for messages
     * @param key the master key; the caller keeps its own copy, and closes it
     * @throws ProblemException if the store fails, or a vault is there already ({@code location.failed})
     */
    public static Vault create(ObjectStore store, String name, NewVault options, MasterKey key) {
        return create(store, name, options, key, Clock.systemUTC(), new SecureRandom(), Tuning.standard());
    }

    static Vault create(
            ObjectStore store,
            String name,
            NewVault options,
            MasterKey key,
            Clock clock,
            SecureRandom random,
            Tuning tuning) {
        VaultId id = VaultId.random(random);
        Keys keys = new Keys(key, id);
        LockableStore lockable = new LockableStore(store, clock);
        Place place = new Place(lockable, name);
        Header header = new Header(
                Header.VERSION, !options.encrypted(), 0, id, keys.fingerprint(), clock.millis(), options.program());
        boolean made = false;
        try {
            if (!options.encrypted()) {
                SlotId slot = SlotId.random(random);
                KeySlots.put(store, slot, Slot.open(slot, clock.millis(), key));
            }
            byte[] bytes = header.write(keys);
            for (int copy = 1; copy <= Header.COPIES; copy++) {
                store.put(Names.HEADER + copy, ByteBuffer.wrap(bytes));
            }
            Vault vault = new Vault(VaultCore.of(place, keys, clock, random, tuning), lockable, header, List.of());
            made = true;
            return vault;
        } catch (StoreException e) {
            throw place.problem(e);
        } finally {
            if (!made) {
                keys.close();
            }
        }
    }

    /**
     * Opens a vault and reads which backups it has.
     *
     * @param store the part of the store that is the vault's own
     * @param name what people call it; only for messages
     * @param pin what the home remembers of it; null when it is attached for the first time
     * @throws ProblemException {@code key.wrong}, {@code vault.newer}, {@code vault.header}, or if the store fails
     */
    public static Vault open(ObjectStore store, String name, Unlock unlock, @Nullable Pin pin) {
        return open(store, name, unlock, pin, NearCache.none());
    }

    /**
     * The same, with what was read before at hand.
     *
     * @param near kept of this vault; only hints are taken from it
     */
    public static Vault open(ObjectStore store, String name, Unlock unlock, @Nullable Pin pin, NearCache near) {
        return open(store, name, unlock, pin, near, Clock.systemUTC(), new SecureRandom(), Tuning.standard());
    }

    static Vault open(
            ObjectStore store,
            String name,
            Unlock unlock,
            @Nullable Pin pin,
            Clock clock,
            SecureRandom random,
            Tuning tuning) {
        return open(store, name, unlock, pin, NearCache.none(), clock, random, tuning);
    }

    static Vault open(
            ObjectStore store,
            String name,
            Unlock unlock,
            @Nullable Pin pin,
            NearCache near,
            Clock clock,
            SecureRandom random,
            Tuning tuning) {
        LockableStore lockable = new LockableStore(store, clock);
        Place place = new Place(lockable, name);
        try {
            Opening.Opened opened = new Opening(place).open(unlock, pin);
            VaultCore core = VaultCore.of(place, opened.keys(), near, clock, random, tuning);
            Vault vault = new Vault(core, lockable, opened.header(), opened.damaged());
            boolean read = false;
            try {
                vault.refresh();
                read = true;
            } finally {
                if (!read) {
                    vault.close();
                }
            }
            return vault;
        } catch (IOException e) {
            throw place.problem(e);
        }
    }

    /**
     * Whether a store holds this vault at least up to a backup, so that it is no older copy of it. Needs no key, and
     * judges by names alone: it is asked about places that are not in use.
     *
     * @param store the part of the store that would be the vault's own
     * @param newest the newest backup that is known; null if there is none
     */
    public static boolean reaches(ObjectStore store, @Nullable SessionId newest) throws StoreException {
        return !store.list(Names.HEADER).isEmpty()
                && (newest == null
                        || !store.list(Names.COMMIT + newest).isEmpty()
                        || !store.list(Names.GONE + newest).isEmpty());
    }

    /**
     * Looks at the head of a vault, and at nothing else: cheap enough to be asked again and again.
     *
     * @param pin what the home remembers of it
     * @return why it cannot be opened: {@code key.wrong}, {@code vault.newer}, {@code vault.header}; empty if it can
     * @throws IOException if the store fails, so that nothing can be said
     */
    public static Optional<Problem> refusal(ObjectStore store, String name, Unlock unlock, @Nullable Pin pin)
            throws IOException {
        try {
            new Opening(new Place(store, name)).open(unlock, pin).keys().close();
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    /** The vault's id. */
    public VaultId id() {
        return header.vault();
    }

    /** What a home should remember, to open the vault only if it is this one. */
    public Pin pin() {
        return Opening.pin(header);
    }

    /** Whether the vault keeps its key from those who can read it. */
    public boolean encrypted() {
        return !header.open();
    }

    /** A copy of the master key, for sealing it in the home or printing the recovery sheet; the caller closes it. */
    public MasterKey key() {
        return core.keys().master();
    }

    /** The ways in that lie in the vault. */
    public KeySlots slots() {
        return new KeySlots(core);
    }

    /**
     * Looks again which backups there are.
     *
     * @throws ProblemException if the store fails
     */
    public void refresh() {
        try {
            usage = null;
            seen.look(catalog::look);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /** The backups, oldest first. */
    public List<Commit> backups() {
        return seen.contents().backups().values().stream()
                .sorted(Comparator.comparing(Commit::committed).thenComparing(Commit::id))
                .toList();
    }

    /** How many of them policies made: those that a locked vault keeps. */
    public long backupsOfPolicies() {
        return backups().stream().filter(commit -> commit.facts().ofPolicy()).count();
    }

    /** What was set aside: headers, commits, markers, index segments that cannot be used. */
    public List<Damage> damaged() {
        List<Damage> all = new ArrayList<>(headDamage);
        all.addAll(seen.contents().damaged());
        all.addAll(index.damaged());
        all.addAll(descriptions.damaged());
        return List.copyOf(all);
    }

    /**
     * Lets backups of this instance keep fingerprints of blocks in a folder, so that the next ones compare quicker. They
     * hold nothing that a backup needs.
     *
     * @param folder used by this vault and this process alone, and readable by its user alone; made if need be
     */
    public void keepFingerprints(Path folder) {
        core.prints().keepIn(folder);
    }

    /**
     * Begins a backup.
     *
     * @param adopt sessions that are over, from {@link Settlement#adoptable}, whose stored blocks may be used
     * @param spared sessions that somebody else goes on with; they, and those whose packs they took over, are not adopted
     * @throws ProblemException if the store fails
     */
    public Session begin(ConsoleId console, Collection<SessionId> adopt, Set<SessionId> spared) {
        try {
            Set<SessionId> theirs = markers.withAdopted(spared);
            return beginSparing(
                    console, adopt.stream().filter(one -> !theirs.contains(one)).toList(), theirs);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /** Begins a backup as {@link #begin(ConsoleId, Collection, Set)} does, sparing none. */
    public Session begin(ConsoleId console, Collection<SessionId> adopt) {
        return beginSparing(console, adopt, Set.of());
    }

    private Session beginSparing(ConsoleId console, Collection<SessionId> adopt, Set<SessionId> theirs) {
        SessionId drawn = SessionId.random(core.random());
        SessionId id = adopt.isEmpty()
                ? drawn
                : Protocol.STANDARD.sessionOfResumed(adopt.iterator().next(), drawn);
        live.add(id);
        boolean begun = false;
        long since = seen.last();
        try {
            Beginning.Begun result =
                    new Beginning(core, markers, catalog, index, lost).begin(id, console, adopt, theirs, this::ended);
            seen.found(result.contents(), since);
            begun = true;
            return result.session();
        } catch (IOException e) {
            throw core.place().problem(e);
        } finally {
            if (!begun) {
                live.remove(id);
            }
        }
    }

    private void ended(SessionId session, @Nullable Commit commit) {
        live.remove(session);
        usage = null;
        if (commit != null) {
            seen.committed(commit);
        }
    }

    /**
     * Brings to a certain end what this console left behind: at every start, and whenever a commit's outcome was unknown.
     * Running sessions of this instance are left alone; those of another instance of the same console are not, so a
     * process keeps one instance for each vault.
     *
     * @throws ProblemException if the store fails
     */
    public Settlement settle(ConsoleId console) {
        try {
            Settlement settlement = new Settling(core, markers).settle(console, live);
            seen.look(catalog::look);
            return settlement;
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Reads a disk of a backup.
     *
     * @param disk its number in {@link Commit#disks}
     */
    public DiskReader disk(Commit backup, int disk) {
        return new DiskReader(core, markers, backup.id(), backup.disks().get(disk));
    }

    /**
     * What the console attached to a backup; empty if nothing.
     *
     * @throws ProblemException {@code vault.damaged}, or if the store fails
     */
    public byte[] about(Commit backup) {
        try {
            return catalog.about(backup);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * What the console attached to each of many backups, asked for side by side; those of which it is damaged are left out.
     *
     * @throws ProblemException if the store fails
     */
    public Map<SessionId, byte[]> abouts(Collection<Commit> backups) {
        try {
            return catalog.abouts(backups);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Deletes a backup for ever because somebody wants it gone. Room is freed by collecting.
     *
     * @throws ProblemException {@code lock.backup} if the vault is locked and a policy made the backup, or if the store fails
     */
    public void purge(ConsoleId console, SessionId backup) {
        Commit commit = seen.contents().backups().get(backup);
        if (commit == null) {
            refresh();
            commit = seen.contents().backups().get(backup);
        }
        if (commit != null && commit.facts().ofPolicy() && locked()) {
            throw new ProblemException(Problem.of(
                    "lock.backup",
                    "backup",
                    commit.facts().name(),
                    "vault",
                    core.place().vault()));
        }
        expire(console, backup);
    }

    /**
     * Deletes a backup for ever because the rule under which it was kept lets it go, which even a locked vault allows. Room
     * is freed by collecting.
     *
     * @throws ProblemException if the store fails
     */
    public void expire(ConsoleId console, SessionId backup) {
        try {
            markers.putGone(backup, console, Markers.Why.PURGED);
            seen.purged(backup);
            seen.look(catalog::look);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Whether a backup was deleted on purpose, as far as {@link #refresh} and this instance's own acts know. A marker that
     * does not open says nothing.
     *
     * @throws ProblemException if the store fails
     */
    public boolean purged(SessionId backup) {
        try {
            return seen.contents().gone().contains(backup) && markers.gone(backup);
        } catch (DamagedException e) {
            return false;
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Frees what only purged backups and dead sessions held: packs that are dead as a whole, and by rewriting those of
     * which a quarter is. May be called at any time and beside anything; what it cannot finish, because sessions are
     * running or it was canceled, the next call goes on with.
     *
     * @param work told the bytes freed; may cancel
     * @throws ProblemException if the store fails
     */
    public CollectReport collect(ConsoleId console, Work work) {
        return collect(console, Set.of(), work);
    }

    /**
     * The same, but for what some runs stored that are over and that somebody means to go on with ({@link #begin}): it
     * stays until they are not named any more.
     *
     * @param spared sessions of backups that are held still
     * @param work told the bytes freed; may cancel
     * @throws ProblemException if the store fails
     */
    public CollectReport collect(ConsoleId console, Set<SessionId> spared, Work work) {
        return collect(console, spared, Repacking.standard(), work);
    }

    /**
     * The same, with one's own idea of what is worth rewriting.
     *
     * @param work told the bytes freed; may cancel
     * @throws ProblemException if the store fails
     */
    public CollectReport collect(ConsoleId console, Repacking repacking, Work work) {
        return collect(console, Set.of(), repacking, work);
    }

    private CollectReport collect(ConsoleId console, Set<SessionId> spared, Repacking repacking, Work work) {
        Survey survey = new Survey(core, markers, catalog, header.features());
        try {
            return new Collector(core, markers, catalog, survey, console, spared, repacking, work).collect();
        } catch (IOException e) {
            throw core.place().problem(e);
        } finally {
            usage = null;
        }
    }

    /**
     * Ends a session of another console that is believed dead (rule 11). If it is not, its run fails and starts again;
     * no data is lost. Does nothing if it has committed.
     *
     * @throws ProblemException if the store fails
     */
    public void dismiss(ConsoleId console, SessionId session) {
        try {
            markers.dismiss(session, console, Markers.Why.ASKED);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Keeps later backups from referring to a pack that turned out to be damaged or lost: it is condemned, which is final,
     * so that what it held is stored again by the next backup whose source still has it. Nothing is deleted, and backups
     * that use the pack keep what can be read of it. Does nothing if the object is no pack, or is condemned already.
     *
     * @param object the full name of the damaged object, as in {@link Damage#object}
     * @throws ProblemException if the store fails
     */
    public void avoid(ConsoleId console, String object) {
        StoredPacks.Named named = StoredPacks.named(object);
        if (named == null) {
            return;
        }
        try {
            Condemned condemned = Condemned.none();
            markers.addCondemned(condemned);
            if (!condemned.packs().contains(named.type(), named.pack())) {
                Condemned pack = Condemned.none();
                pack.packs().add(named.type(), named.pack());
                markers.putCondemned(SessionId.random(core.random()), console, pack);
            }
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Ends every session of other consoles that has not ended, as {@link #dismiss} one: for when somebody knows that they
     * are gone for good. What they had stored is free to be collected then.
     *
     * @return how many were ended
     * @throws ProblemException if the store fails
     */
    public int dismissOthers(ConsoleId console) {
        try {
            int ended = new Settling(core, markers).dismissOthers(console);
            seen.look(catalog::look);
            return ended;
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * What the vault takes up. Listed once and remembered until this instance changes something.
     *
     * @throws ProblemException if the store fails
     */
    public Usage usage() {
        Usage known = usage;
        if (known == null) {
            try {
                long bytes = 0;
                List<StoredObject> objects = core.store().list("");
                for (StoredObject object : objects) {
                    bytes += object.size();
                }
                known = new Usage(bytes, objects.size());
                usage = known;
            } catch (IOException e) {
                throw core.place().problem(e);
            }
        }
        return known;
    }

    /**
     * Loads the native code that vaults compute with. The first use does so too; who has other things to do before can have
     * it done meanwhile.
     */
    public static void loadNative() {
        try {
            Ciphers.gcm();
            Ciphers.hmac();
            Native.load();
        } catch (LinkageError e) {
            // Whoever needs it meets the same trouble, and says so.
        }
    }

    /**
     * What backups take up together, and what purging them all would free. Work in proportion to the maps of all
     * backups.
     *
     * @throws ProblemException {@code vault.damaged} if maps cannot be read, or if the store fails
     */
    public Sizes sizes(Collection<SessionId> together) {
        try {
            return new SizeCounter(core, catalog, seen.contents()).count(together);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * What each backup takes up, and what purging it alone would free: {@link #sizes} for all at once, at the price of one.
     *
     * @throws ProblemException {@code vault.damaged} if maps cannot be read, or if the store fails
     */
    public Map<SessionId, Sizes> sizesOfEach() {
        try {
            return new SoleUse(core, catalog, seen.contents()).count();
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * The same for those alone of which it may be different since some backups were made or deleted: they share packs with
     * them. Work in proportion to the maps of these and of those that share packs with these.
     *
     * @param changed backups that are new, or that shared packs with deleted ones
     * @throws ProblemException {@code vault.damaged} if maps cannot be read, or if the store fails
     */
    public Map<SessionId, Sizes> sizesAround(Set<SessionId> changed) {
        try {
            return SoleUse.around(core, catalog, seen.contents(), changed).count();
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Checks backups: their structure, which is every node of their maps, and that each block is where the map says by
     * the contents of the packs; and, as far as {@code round} says, every byte of the packs they use. Index segments, slots
     * and descriptions are looked at as well; damage to them hits no backup.
     *
     * @param which the backups; those that are not valid are passed over
     * @param work told the bytes read; may cancel
     * @throws ProblemException if the store fails; damage is in the report instead
     */
    public VerifyReport verify(Collection<SessionId> which, Round round, Work work) {
        try (var _ = afresh()) {
            List<Commit> chosen = backups().stream()
                    .filter(commit -> which.contains(commit.id()))
                    .toList();
            return new Verifier(core, catalog, index, work).verify(chosen, unseen(which), round);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * For a check: what was kept of far objects, and what this instance remembers of those it read or wrote, says nothing of
     * what is there now, so all of it is read anew.
     */
    private NearCache.Aside afresh() throws IOException {
        NearCache.Aside aside = core.near().aside();
        boolean read = false;
        try {
            catalog.forget();
            core.packs().forgetAll();
            headDamage = new Opening(core.place()).lookAgain(header, core.keys());
            seen.look(catalog::look);
            read = true;
        } finally {
            if (!read) {
                aside.close();
            }
        }
        return aside;
    }

    /** Of the backups that somebody means to be there: those whose commit is damaged, or gone without having been deleted. */
    private List<Damage> unseen(Collection<SessionId> which) throws IOException {
        Contents now = seen.contents();
        List<Damage> unseen = new ArrayList<>();
        for (SessionId id : which) {
            if (now.backups().containsKey(id)) {
                continue;
            }
            List<Damage> told = now.damaged().stream()
                    .filter(damage -> damage.backups().contains(id))
                    .toList();
            unseen.addAll(told);
            if (told.isEmpty()) {
                vanished(id).ifPresent(unseen::add);
            }
        }
        return unseen;
    }

    private Optional<Damage> vanished(SessionId id) throws IOException {
        try {
            return markers.gone(id)
                    ? Optional.empty()
                    : Optional.of(new Damage(
                            Names.COMMIT + id,
                            Damage.Reason.VANISHED,
                            List.of(id),
                            "is gone without having been deleted"));
        } catch (DamagedException e) {
            return Optional.of(Survey.damage(e, List.of(id)));
        }
    }

    /** Whether an object, by its full name, may be needed by several backups, so that its damage may hit them all. */
    public static boolean shared(String object) {
        return StoredPacks.named(object) != null;
    }

    /** Whether room may not be freed as long as an object, by its full name, cannot be read: it may say what is still needed. */
    public static boolean forbidsFreeing(String object) {
        return Names.type(object) != null && Survey.forbids(object);
    }

    /**
     * Checks one object that turned out to be damaged, and names all backups that this hits. Work in proportion to the
     * maps of the backups that use it.
     *
     * @param object the full name of the damaged object, as in {@link Damage#object}
     * @return what is wrong with it; nothing if it is no pack, or is sound by now
     * @throws ProblemException if the store fails
     */
    public VerifyReport hit(String object, Work work) {
        StoredPacks.Named named = StoredPacks.named(object);
        if (named == null) {
            return new VerifyReport(List.of(), Map.of(), 0, 0, 0, "");
        }
        try (var _ = afresh()) {
            return new Verifier(core, catalog, index, work).pack(backups(), named.type(), named.pack());
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /** The same with nothing but this vault to take from. */
    public boolean heal(String object, Work work) {
        return heal(object, List.of(), work);
    }

    /**
     * Makes a damaged pack of blocks whole again, if every block of it that a backup needs is still to be had: from
     * another copy, because a later backup stored it anew, or from another vault. {@link #avoid} comes first.
     *
     * @param object the full name of the damaged object, as in {@link Damage#object}
     * @param twins other vaults that hold the same content as backups of this one
     * @param work hears of a wish to stop
     * @return whether it is whole now; false, with nothing changed, if it is no such pack, cannot be healed, or not as long
     *     as a backup is running
     * @throws ProblemException if the store fails
     */
    public boolean heal(String object, List<Twin> twins, Work work) {
        StoredPacks.Named named = StoredPacks.named(object);
        if (named == null || named.type() != ObjectType.DATA) {
            return false;
        }
        try {
            Condemned condemned = Condemned.none();
            markers.addCondemned(condemned);
            if (!Protocol.STANDARD.mayHeal(condemned.packs().contains(named.type(), named.pack()))) {
                return false; // A later backup could still come to need what would be left out.
            }
            index.refresh();
            Healer healer = new Healer(core, catalog, index, twins, work);
            Healer.Outcome outcome = healer.heal(named.pack(), backups(), false);
            if (outcome == Healer.Outcome.SOMETHING_TO_LEAVE_OUT) {
                Optional<Survey.Seen> settled = new Survey(core, markers, catalog, header.features()).settled(work);
                outcome = settled.isEmpty()
                        ? outcome
                        : healer.heal(
                                named.pack(), settled.get().contents().backups().values(), true);
            }
            return outcome == Healer.Outcome.WHOLE;
        } catch (IOException e) {
            throw core.place().problem(e);
        } finally {
            usage = null;
        }
    }

    /** How long lists here may fail to show what was put, which collecting waits out; empty if not at all, or if nobody knows. */
    public Optional<Duration> listDelay() {
        return core.store().staleness().filter(Duration::isPositive);
    }

    /**
     * What the console keeps with the vault; empty if it never did.
     *
     * @throws ProblemException if the store fails
     */
    public synchronized Optional<Description> description() {
        try {
            return descriptions.current();
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Replaces what the console keeps with the vault. Writes nothing if it is that already.
     *
     * @param lock true sets the lock for ever
     * @throws ProblemException if the store fails
     */
    public synchronized void describe(byte[] payload, boolean lock) {
        revise(known -> Optional.of(payload), lock);
    }

    /**
     * Replaces what the console keeps with the vault by what follows from it. Writes nothing if it is that already.
     *
     * @param next given what is kept now, if anything is; empty to leave that as it is
     * @param lock true sets the lock for ever
     * @throws ProblemException if the store fails
     */
    public synchronized void revise(Function<Optional<byte[]>, Optional<byte[]>> next, boolean lock) {
        try {
            if (descriptions.write(next, lock || store.locked())) {
                store.lock();
            }
            usage = null;
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * Whether the vault is locked: what policies made goes by its expiry only. Once that was seen it stays so.
     *
     * @throws ProblemException if the store fails
     */
    public boolean locked() {
        if (!store.locked() && description().filter(Description::locked).isPresent()) {
            store.lock();
        }
        return store.locked();
    }

    /**
     * Has the place keep everything that backups need until they go, where it can do so; see {@link Retainer}.
     *
     * @param until when each of them goes; those that are not there are passed over
     * @return how many objects it keeps longer than before
     * @throws ProblemException if the store fails, as where the key may not do this
     */
    public long retain(Map<SessionId, Instant> until, Work work) {
        Map<Commit, Instant> there = new HashMap<>();
        for (Commit commit : backups()) {
            Instant end = until.get(commit.id());
            if (end != null) {
                there.put(commit, end);
            }
        }
        try {
            return retainer.retain(there, work);
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /** Says that the vault was locked, whatever its descriptions say by now: a lock is never taken back. */
    public void keepLocked() {
        store.lock();
    }

    /** Wipes the keys. Sessions and readers of this vault cannot be used any more; the store stays open. */
    @Override
    public void close() {
        core.benches().close();
        core.keys().close();
    }
}
