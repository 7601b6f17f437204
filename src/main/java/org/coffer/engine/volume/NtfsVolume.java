package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.coffer.problem.ProblemException;

/**
 * NTFS 3.0 and 3.1, as Windows writes it since 2000. Source of the format: the documentation of the Linux-NTFS project.
 *
 * <p>Read as it lies there: the journal is not replayed, a volume that was not shut down shows what had reached the disk. Of a file the
 * content without a name is read; streams with a name are not listed, nor are the files in which NTFS keeps itself. Not read are files
 * that Windows encrypted ({@code EFS}) and those whose content another part of Windows keeps in its own way, such as {@code WOF} for
 * its own compressed files; owners are not POSIX', so there are none.
 *
 * <p>How it is safe against what makes no sense: {@link NtfsBlock} checks every place; records and index blocks carry marks
 * ({@link NtfsFixups}) and are read by number, never along links that could go in circles; a number of bytes or clusters is believed
 * only up to what lies there. A folder may still claim one above it as its own; that is for whoever walks the tree. Memory: a file's
 * list of attributes (256 KiB) and its runs (16 bytes each).
 */
final class NtfsVolume implements FileSystem {
    private static final int LOG = 2;
    private static final int VOLUME = 3;
    private static final int DIRTY = 0x1;
    private static final int MOST_LABEL = 1024;

    private final Bytes volume;
    private final NtfsMft mft;
    private final String label;
    private final boolean inUse;

    private NtfsVolume(Bytes volume, NtfsMft mft, String label, boolean inUse) {
        this.volume = volume;
        this.mft = mft;
        this.label = label;
        this.inUse = inUse;
    }

    /** Opens the volume. */
    static FileSystem open(Bytes volume) throws IOException {
        NtfsMft mft = NtfsMft.open(new CachedBytes(volume), NtfsBoot.of(volume));
        NtfsFile itself = NtfsFile.of(mft, VOLUME);
        NtfsBlock version =
                itself.small(NtfsAttribute.VOLUME_INFORMATION, MOST_LABEL).orElseThrow(itself::broken);
        if (version.u8(8) != 3) {
            throw Trouble.unsupported("NTFS " + version.u8(8) + "." + version.u8(9));
        }
        String label = itself.small(NtfsAttribute.VOLUME_NAME, MOST_LABEL)
                .map(name -> Utf16Text.of(name.text(0, name.size() / 2), "\0"))
                .orElse("");
        boolean dirty = (version.u16(10) & DIRTY) != 0;
        return new NtfsVolume(volume, mft, label, dirty || logInUse(mft));
    }

    /** A journal that cannot be read keeps no file from being read. */
    private static boolean logInUse(NtfsMft mft) throws IOException {
        try {
            NtfsFile log = NtfsFile.of(mft, LOG);
            Optional<NtfsAttribute> data = log.first(NtfsAttribute.DATA, "");
            return data.isEmpty() || NtfsLog.isInUse(log.content(data.get(), mft.volume()));
        } catch (ProblemException e) {
            return true;
        }
    }

    @Override
    public boolean lacksLastSeconds() {
        return inUse;
    }

    @Override
    public String format() {
        return "ntfs";
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Node root() throws IOException {
        return node(NtfsFile.of(mft, NtfsReference.ROOT));
    }

    @Override
    public Node node(Name name) throws IOException {
        return node(NtfsFile.of(mft, name.id()));
    }

    private Node node(NtfsFile file) throws IOException {
        NtfsStandard standard = standard(file);
        Optional<NtfsReparse> reparse = reparse(file);
        Optional<NtfsInterix> interix = reparse.isEmpty() ? interix(file, standard) : Optional.empty();
        NodeKind kind = reparse.map(point -> point.kind(file.isFolder()))
                .or(() -> interix.map(NtfsInterix::kind))
                .orElse(file.isFolder() ? NodeKind.FOLDER : NodeKind.FILE);
        long size = switch (kind) {
            case FILE ->
                file.first(NtfsAttribute.DATA, "").map(NtfsAttribute::size).orElse(0L);
            case LINK -> target(file).getBytes(StandardCharsets.UTF_8).length;
            default -> 0;
        };
        return new Node(
                file.reference(),
                kind,
                size,
                standard.modified(),
                Optional.of(standard.accessed()),
                Optional.of(standard.created()),
                Optional.empty(),
                links(file));
    }

    /** How many names it has; a short form stands beside another name and counts with it. */
    private static int links(NtfsFile file) throws IOException {
        int links = 0;
        for (NtfsEntry entry : file.pieces(NtfsAttribute.FILE_NAME, "")) {
            if (!new NtfsName(file.load(entry).value()).isShort()) {
                links++;
            }
        }
        return Math.max(1, links);
    }

    private static NtfsStandard standard(NtfsFile file) throws IOException {
        return file.small(NtfsAttribute.STANDARD_INFORMATION, NtfsStandard.MOST)
                .map(NtfsStandard::of)
                .orElseThrow(file::broken);
    }

    private static Optional<NtfsReparse> reparse(NtfsFile file) throws IOException {
        return file.small(NtfsAttribute.REPARSE_POINT, NtfsReparse.MOST).map(NtfsReparse::new);
    }

    private static Optional<NtfsInterix> interix(NtfsFile file, NtfsStandard standard) throws IOException {
        if (file.isFolder() || !standard.system() || standard.encrypted()) {
            return Optional.empty();
        }
        Optional<NtfsAttribute> data = file.first(NtfsAttribute.DATA, "");
        if (data.isEmpty() || data.get().size() > NtfsInterix.MOST) {
            return Optional.empty();
        }
        return file.small(NtfsAttribute.DATA, NtfsInterix.MOST).flatMap(NtfsInterix::of);
    }

    @Override
    public void names(Node folder, Names names) throws IOException {
        new NtfsFolder(NtfsFile.of(mft, folder.id()), mft, names).read();
    }

    @Override
    public FileContent open(Node node) throws IOException {
        NtfsFile file = NtfsFile.of(mft, node.id());
        NtfsStandard standard = standard(file);
        Optional<NtfsReparse> reparse = reparse(file);
        // What a synchronising program keeps here as well is an ordinary file.
        boolean here = reparse.isEmpty() || (reparse.get().cloud() && !standard.elsewhere());
        if (!here) {
            throw Trouble.unsupported(reparse.get().name());
        }
        Optional<NtfsAttribute> data = file.first(NtfsAttribute.DATA, "");
        if (standard.encrypted() || data.map(NtfsAttribute::encrypted).orElse(false)) {
            throw Trouble.unsupported("EFS");
        }
        return data.isPresent() ? file.content(data.get(), volume) : new SmallContent(new byte[0]);
    }

    @Override
    public FileAttributes attributes(Node node) throws IOException {
        return DosFlags.attributes(standard(NtfsFile.of(mft, node.id())).flags());
    }

    @Override
    public String target(Node link) throws IOException {
        return target(NtfsFile.of(mft, link.id()));
    }

    private static String target(NtfsFile file) throws IOException {
        Optional<NtfsReparse> reparse = reparse(file);
        if (reparse.isPresent()) {
            return reparse.get().target();
        }
        return interix(file, standard(file)).map(NtfsInterix::target).orElseThrow(file::broken);
    }
}
