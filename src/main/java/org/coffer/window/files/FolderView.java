package org.coffer.window.files;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.FileVolume;
import org.coffer.problem.Problem;
import org.coffer.text.Printable;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Banner;
import org.coffer.window.kit.EmptyState;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;

/** The way to a folder, a message if something in it cannot be read, and what is in it. */
public final class FolderView extends VBox {
    private final Kit kit;
    private final FolderModel model;
    private final HBox way = new HBox(4);
    private final VBox message = new VBox();
    private final Optional<Act> openAsDisk;
    private Optional<Function<Problem, Sentence>> plainly = Optional.empty();

    /**
     * The view.
     *
     * @param pick what Enter and double click do with a file
     * @param openAsDisk what is left where files cannot be read, if it is offered
     */
    public FolderView(Kit kit, FolderModel model, Consumer<FileRow> pick, Optional<Act> openAsDisk) {
        super(8);
        this.kit = kit;
        this.model = model;
        this.openAsDisk = openAsDisk;
        setMinHeight(0);
        way.setAlignment(Pos.CENTER_LEFT);
        way.setMinHeight(28);
        TablePane<FileRow> table = new TableBuilder<>(kit, "browse", model.rows())
                .ticks()
                .custom("name", 300, () -> new FileCell(kit, model::searching))
                .hover(row -> Printable.line(row.path().inside()))
                .grows()
                .sortable()
                .number(
                        "size",
                        92,
                        row -> row.isFolder() && row.volume().isEmpty()
                                ? ""
                                : kit.formats().size(row.size()))
                .sortable()
                .text(
                        "modified",
                        140,
                        row -> row.modified().map(kit.formats()::time).orElse(""))
                .hover(row -> row.modified().map(kit.formats()::fullTime).orElse(""))
                .sortable()
                .onOpen(row -> open(row, pick))
                .onKey(KeyCode.BACK_SPACE, row -> model.up())
                .empty(() -> new EmptyState(kit, Icon.FILE_SYSTEM, kit.say(empty()), null))
                .build();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(way, message, table);
        WhileShown.of(this)
                .watch(model.placeProperty(), place -> paintWay())
                .watch(model.volumesProperty(), volumes -> paintWay())
                .watch(model.queryProperty(), query -> paintWay())
                .watch(model.searchedProperty(), state -> paintWay())
                .watch(model.problemProperty(), this::paintMessage);
    }

    /** Says problems in these words from now on, for people who know nothing of the trade. */
    public FolderView saying(Function<Problem, Sentence> words) {
        plainly = Optional.of(words);
        return this;
    }

    private String empty() {
        return model.searching() ? "browse.search.none" : "browse.empty";
    }

    private void open(FileRow row, Consumer<FileRow> pick) {
        if (row.isFolder()) {
            model.enter(row);
        } else {
            pick.accept(row);
        }
    }

    private void paintWay() {
        way.getChildren().clear();
        if (model.searching()) {
            way.getChildren().add(kit.caption(kit.say(searched())));
            return;
        }
        List<FileVolume> volumes = model.volumesProperty().get();
        Optional<FilePath> here = model.placeProperty().get();
        if (volumes.size() > 1) {
            crumb(kit.say("browse.volumes"), Optional.empty(), here.isEmpty());
        }
        here.ifPresent(path -> {
            volumes.stream()
                    .filter(volume -> volume.number() == path.volume())
                    .findFirst()
                    .ifPresent(
                            volume -> crumb(FileNames.volume(kit, volume), Optional.of(volume.root()), path.isRoot()));
            for (int i = 1; i <= path.names().size(); i++) {
                var folder = new FilePath(path.volume(), path.names().subList(0, i));
                crumb(
                        Printable.line(folder.name()),
                        Optional.of(folder),
                        i == path.names().size());
            }
        });
    }

    private Sentence searched() {
        return model.searchedProperty()
                .get()
                .map(state -> Sentence.of("browse.search.state", "n", state.hits(), "names", state.names()))
                .orElse(Sentence.of("browse.search.begun"));
    }

    private void crumb(String words, Optional<FilePath> place, boolean last) {
        if (!way.getChildren().isEmpty()) {
            way.getChildren().add(Icon.NEXT.node());
        }
        if (last) {
            way.getChildren().add(kit.label(words, "strong", "may-clip"));
        } else {
            way.getChildren().add(kit.nameLink(words, () -> model.go(place)));
        }
    }

    private void paintMessage(Optional<Problem> problem) {
        message.getChildren().clear();
        problem.ifPresent(why -> {
            Text.Explanation words = kit.text().explain(why);
            List<Act> ways =
                    why.code().startsWith("files.") ? openAsDisk.stream().toList() : List.of();
            message.getChildren()
                    .add(plainly.map(say ->
                                    new Banner(kit, Icon.WARN, Tone.ATTENTION, kit.say(say.apply(why)), "", ways))
                            .orElseGet(() ->
                                    new Banner(kit, Icon.WARN, Tone.ATTENTION, words.what(), words.rest(), ways)));
        });
    }
}
