package org.coffer.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.resource.NewImage;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code disk}: what can be protected. */
@Command(name = "disk", addMethodSubcommands = false)
final class DiskCommands {
    private final Context context;
    private final Text text;

    DiskCommands(Context context) {
        this.context = context;
        this.text = context.text();
    }

    @Command(name = "list")
    int list() {
        List<Disk> all = context.services().disks().refresh();
        Table table = new Table()
                .words(text.get("command.column.name"))
                .numbers(text.get("command.column.size"))
                .words(text.get("command.column.role"))
                .words(text.get("command.column.status"))
                .words(text.get("command.column.vault"))
                .words(text.get("command.column.model"))
                .words(text.get("command.column.path"));
        all.forEach(disk -> table.row(
                disk.name(),
                text.formats().size(disk.capacity()),
                text.word(disk.role()),
                disk.unfinishedRestore().isPresent() ? text.get("command.disk.unfinished") : text.word(disk.state()),
                vault(disk).orElse("—"),
                model(disk),
                disk.path().toString()));
        context.output().show(all.stream().map(this::fields).toList(), table, text.get("command.disk.none"));
        all.stream()
                .flatMap(disk -> disk.cause().stream())
                .forEach(cause -> context.output().note(text.explain(cause).line()));
        return ExitStatus.DONE;
    }

    @Command(name = "add")
    int add(
            @Parameters(paramLabel = "PATH", descriptionKey = "PATH") Path path,
            @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
            @Option(names = "--role", paramLabel = "system|data") Disk.@Nullable Role role,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Disks disks = context.services().disks();
        Optional<Disk> known = disks.listed(path);
        known.filter(disk -> disk.image() && disk.role() == Disk.Role.SYSTEM && role == Disk.Role.DATA)
                .ifPresent(disk -> context.confirm(yes, text.get("command.disk.role.confirm", "name", disk.name())));
        Disk disk = disks.addImage(new NewImage(path, Optional.ofNullable(name), Optional.ofNullable(role)));
        String said = known.isPresent() ? "command.disk.known" : "command.disk.added";
        context.output().show(fields(disk), text.get(said, "name", disk.name(), "size", disk.capacity()));
        return ExitStatus.DONE;
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "DISK", descriptionKey = "DISK") String typed) {
        Disk disk = new Lookup(context).disk(typed);
        context.services().disks().remove(disk.id());
        context.output().show(fields(disk), text.get("command.disk.removed", "name", disk.name()));
        return ExitStatus.DONE;
    }

    @Command(name = "use")
    int use(
            @Parameters(paramLabel = "DISK", descriptionKey = "DISK") String typed,
            @Option(names = "--yes", descriptionKey = "yes") boolean yes) {
        Disk disk = new Lookup(context).disk(typed);
        if (disk.unfinishedRestore().isPresent()) {
            context.confirm(yes, text.get("command.disk.use.confirm", "name", disk.name()));
            context.services().restores().useAsItIs(disk.id());
        }
        context.output()
                .show(
                        fields(context.services().disks().get(disk.id())),
                        text.get("command.disk.used", "name", disk.name()));
        return ExitStatus.DONE;
    }

    private Optional<String> vault(Disk disk) {
        return context.services().vaults().bindings().vaultOf(disk.id()).map(vault -> vault.name());
    }

    /** What tells alike disks apart: the maker's words and the serial number. */
    private static String model(Disk disk) {
        String words = (disk.model() + ' ' + disk.serial()).strip();
        return words.isEmpty() ? "—" : words;
    }

    private Fields fields(Disk disk) {
        return new Fields()
                .with("id", disk.id())
                .with("name", disk.name())
                .with("path", disk.path())
                .with("kind", disk.image() ? "image" : "block")
                .with("capacity", disk.capacity())
                .with("role", disk.role())
                .with("state", disk.state())
                .with("problem", disk.cause().map(cause -> Fields.of(cause, text)))
                .with("unfinishedRestore", disk.unfinishedRestore())
                .with("mounts", disk.mounts())
                .with("encrypted", disk.encryption() != Disk.Encryption.NONE)
                .with("model", disk.model())
                .with("serial", disk.serial())
                .with("vault", vault(disk));
    }
}
