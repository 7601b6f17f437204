package org.coffer.console.file;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.volume.FileAttributes;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.volume.FileSystem;
import org.coffer.engine.volume.Name;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.machine.TargetFolder;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The files of one volume by their paths. Any number of threads may read. */
final class FileTree {
    /** Folders whose place is remembered. */
    private static final int FOLDERS = 256;
    /** File systems in which {@code A} and {@code a} are one name. */
    private static final Set<String> CASELESS = Set.of("ntfs", "vfat");

    private final int volume;
    private final FileSystem system;
    private final Map<FilePath, Node> folders = new Recent();

    FileTree(int volume, FileSystem system) {
        this.volume = volume;
        this.system = system;
    }

    String format() {
        return system.format();
    }

    String label() {
        return system.label();
    }

    /** What is to be known of its files. */
    Optional<Problem> notice() {
        return system.lacksLastSeconds() ? Optional.of(Problem.of("files.seconds")) : Optional.empty();
    }

    FilePath root() {
        return FilePath.root(volume);
    }

    /** What lies at a path; empty if nothing does. */
    Optional<Node> node(FilePath path) throws IOException {
        if (path.isRoot()) {
            return Optional.of(system.root());
        }
        Node known = remembered(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Node> parent = node(path.parent().orElseThrow());
        if (parent.isEmpty() || parent.get().kind() != NodeKind.FOLDER) {
            return Optional.empty();
        }
        Optional<Name> name = name(parent.get(), path.name());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Node node = system.node(name.get());
        if (node.kind() == NodeKind.FOLDER) {
            remember(path, node);
        }
        return Optional.of(node);
    }

    private Optional<Name> name(Node folder, String text) throws IOException {
        @Nullable Name[] found = new Name[2];
        boolean caseless = CASELESS.contains(system.format());
        system.names(folder, name -> {
            if (name.text().equals(text)) {
                found[0] = name;
                return false;
            }
            if (caseless && found[1] == null && name.text().equalsIgnoreCase(text)) {
                found[1] = name;
            }
            return true;
        });
        return Optional.ofNullable(found[0] != null ? found[0] : found[1]);
    }

    private @Nullable Node remembered(FilePath path) {
        synchronized (folders) {
            return folders.get(path);
        }
    }

    private void remember(FilePath path, Node node) {
        synchronized (folders) {
            folders.put(path, node);
        }
    }

    /**
     * The folder at a path.
     *
     * @throws ProblemException {@code files.missing}, {@code files.no-folder}
     */
    Node folder(FilePath path) throws IOException {
        return of(path, NodeKind.FOLDER, "files.no-folder");
    }

    /**
     * The file at a path.
     *
     * @throws ProblemException {@code files.missing}, {@code files.no-file}
     */
    Node file(FilePath path) throws IOException {
        return of(path, NodeKind.FILE, "files.no-file");
    }

    private Node of(FilePath path, NodeKind kind, String otherwise) throws IOException {
        Node node = node(path).orElseThrow(() -> missing(path));
        if (node.kind() != kind) {
            throw new ProblemException(Problem.of(otherwise, "path", path.text()));
        }
        return node;
    }

    static ProblemException missing(FilePath path) {
        return new ProblemException(Problem.of("files.missing", "path", path.text()));
    }

    /** Hands out the names in a folder, in the order in which they are stored. */
    void names(Node folder, FileSystem.Names names) throws IOException {
        system.names(folder, names);
    }

    /** What a name stands for. */
    Node node(Name name) throws IOException {
        return system.node(name);
    }

    FileContent open(Node file) throws IOException {
        return system.open(file);
    }

    /** What a file or folder has besides, as {@link FileSystem#attributes}. */
    FileAttributes attributes(Node node) throws IOException {
        return system.attributes(node);
    }

    /** A name, or where a link leads, as it is to be given at the target: byte for byte where names are bytes. */
    String given(String text) {
        return TargetFolder.namesAreBytes() ? system.exact(text) : text;
    }

    String target(Node link) throws IOException {
        return system.target(link);
    }

    /** A name as people see it; trouble with what it stands for is in the entry. */
    FileEntry entry(FilePath path, Name name) {
        try {
            return Readings.read(() -> entry(path, system.node(name)));
        } catch (ProblemException e) {
            if (!Readings.isLocal(e.problem())) {
                throw e;
            }
            return new FileEntry(
                    path,
                    kind(name.kind()),
                    0,
                    java.time.Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(e.problem()));
        }
    }

    /** A node as people see it. */
    FileEntry entry(FilePath path, Node node) throws IOException {
        boolean link = node.kind() == NodeKind.LINK;
        return new FileEntry(
                path,
                kind(node.kind()),
                node.kind() == NodeKind.FILE ? node.size() : 0,
                node.modified(),
                node.created(),
                node.owner().map(owner -> new FileOwner(owner.user(), owner.group(), owner.mode())),
                link ? Optional.of(system.target(node)) : Optional.empty(),
                Optional.empty());
    }

    private static FileKind kind(NodeKind kind) {
        return switch (kind) {
            case FILE, UNKNOWN -> FileKind.FILE;
            case FOLDER -> FileKind.FOLDER;
            case LINK -> FileKind.LINK;
            case SPECIAL -> FileKind.SPECIAL;
        };
    }

    /** Forgets what was not used for longest. */
    private static final class Recent extends LinkedHashMap<FilePath, Node> {
        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<FilePath, Node> eldest) {
            return size() > FOLDERS;
        }
    }
}
