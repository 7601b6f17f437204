package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.SearchState;
import org.coffer.text.Printable;
import org.coffer.window.files.FileNames;
import org.coffer.window.files.FolderView;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.EmptyState;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.SearchField;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;
import org.jspecify.annotations.Nullable;

/** Files by name in all backups, as they are found; or through the folders of a disk as they were at a moment. */
final class FindView extends VBox {
    private static final double ROW = 52;

    private final Kit kit;
    private final WizardModel model;
    private final FindModel find;
    private final RestoreWizard.Ways ways;
    private final Runnable picked;
    private final Node searching;
    private final Node browsing;

    FindView(Kit kit, WizardModel model, RestoreWizard.Ways ways, Runnable picked) {
        super(12);
        this.kit = kit;
        this.model = model;
        this.find = model.find();
        this.ways = ways;
        this.picked = picked;
        setMinHeight(0);
        this.searching = searching();
        this.browsing = browsing();
        WhileShown.of(this).watch(find.modeProperty(), this::show);
    }

    private void show(FindModel.Mode mode) {
        Node content = mode == FindModel.Mode.SEARCH ? searching : browsing;
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().setAll(content);
    }

    // ---- Searching

    private Node searching() {
        var field = new SearchField(kit, find.queryProperty());
        field.setPromptText(kit.say("wizard.find.prompt"));
        field.setAccessibleText(kit.say("wizard.find.prompt"));
        HBox.setHgrow(field, Priority.ALWAYS);
        Button browse = kit.button(
                Act.of("wizard.find.browse", () -> find.modeProperty().set(FindModel.Mode.BROWSE))
                        .with(Icon.FILE_SYSTEM));
        browse.setMinWidth(USE_PREF_SIZE);
        TablePane<FileHit> table = hits();
        field.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN && !find.hits().items().isEmpty()) {
                table.table().requestFocus();
                table.table().getSelectionModel().selectFirst();
                event.consume();
            }
        });
        Label state = kit.caption("");
        var box = new VBox(8, kit.row(field, browse), state, table);
        VBox.setVgrow(table, Priority.ALWAYS);
        box.setMinHeight(0);
        WhileShown.of(state)
                .watch(find.search().stateProperty(), now -> tell(state))
                .watch(find.search().busyProperty(), now -> tell(state))
                .watch(find.search().problemProperty(), now -> tell(state))
                .watch(find.queryProperty(), now -> tell(state));
        return box;
    }

    private void tell(Label state) {
        state.setText(find.search()
                .problemProperty()
                .get()
                .map(problem -> kit.say(Plainly.why(problem)))
                .or(() -> find.search().stateProperty().get().map(this::looked))
                .orElseGet(() ->
                        kit.say(find.queryProperty().get().isBlank() ? "wizard.find.help" : "wizard.find.begun")));
    }

    private String looked(SearchState now) {
        String looked = kit.say("wizard.find.looked", "n", now.looked(), "all", now.backups());
        if (now.full()) {
            return looked + " " + kit.say("wizard.find.full", "n", now.hits());
        }
        return now.damaged() > 0 ? looked + " " + kit.say("wizard.find.damaged", "n", now.damaged()) : looked;
    }

    private TablePane<FileHit> hits() {
        return new TableBuilder<>(kit, "wizard-find", find.hits())
                .rowHeight(ROW)
                .twoLines(
                        "name",
                        300,
                        hit -> Printable.line(hit.path().name()),
                        hit -> kit.say(
                                "wizard.find.on", "folder", FileNames.folder(hit.path()), "disk", hit.diskName()))
                .title("wizard.find.column.name")
                .hover(hit -> Printable.line(hit.path().inside()))
                .grows()
                .twoLines(
                        "versions",
                        200,
                        hit -> kit.say(
                                "wizard.find.versions", "n", hit.versions().size()),
                        hit -> kit.say(
                                "wizard.find.newest",
                                "at",
                                hit.newest().newest().createdAt()))
                .title("wizard.find.column.versions")
                .number(
                        "size",
                        92,
                        hit -> hit.newest().entry().isFolder()
                                ? ""
                                : kit.formats().size(hit.newest().entry().size()))
                .title("wizard.find.column.size")
                .onOpen(hit -> {
                    find.choose(hit);
                    picked.run();
                })
                .empty(this::none)
                .build();
    }

    private @Nullable Node none() {
        boolean ended = !find.search().busyProperty().get()
                && !find.queryProperty().get().isBlank();
        return ended ? new EmptyState(kit, Icon.SEARCH, kit.say("wizard.find.none"), null) : null;
    }

    // ---- Going through folders

    private Node browsing() {
        ComboBox<SavedDisk> disk = kit.choice(
                FXCollections.observableArrayList(model.disks().disksProperty().get()), SavedDisk::name);
        disk.setAccessibleText(kit.say("wizard.browse.disk"));
        disk.setOnAction(event -> Optional.ofNullable(disk.getValue())
                .ifPresent(chosen -> model.disks().chosenProperty().set(Optional.of(chosen))));
        ComboBox<Backup> moment = kit.choice(
                FXCollections.observableArrayList(), backup -> kit.formats().time(backup.createdAt()));
        moment.setAccessibleText(kit.say("wizard.browse.moment"));
        var field = new SearchField(kit, find.folders().queryProperty());
        field.setPromptText(kit.say("wizard.browse.filter"));
        field.setPrefWidth(180);
        Button search = kit.button(
                Act.of("wizard.find.search", () -> find.modeProperty().set(FindModel.Mode.SEARCH))
                        .with(Icon.SEARCH));
        search.setMinWidth(USE_PREF_SIZE);
        var head = kit.row(disk, moment, kit.spacer(), search);
        var folders = new FolderView(kit, find.folders(), row -> picked.run(), Optional.of(openAsDisk()))
                .saying(Plainly::why);
        VBox.setVgrow(folders, Priority.ALWAYS);
        var box = new VBox(8, head, folders);
        box.setMinHeight(0);
        WhileShown.of(box)
                .watch(model.disks().disksProperty(), all -> disk.getItems().setAll(all))
                .watch(model.disks().chosenProperty(), now -> now.ifPresent(disk::setValue))
                .watch(model.moment().timelineProperty(), all -> fill(moment, all))
                .watch(model.moment().chosenProperty(), now -> now.ifPresent(moment::setValue));
        moment.setOnAction(event -> Optional.ofNullable(moment.getValue())
                .filter(chosen -> !model.moment().chosenProperty().get().equals(Optional.of(chosen)))
                .ifPresent(model.moment()::choose));
        return box;
    }

    private void fill(ComboBox<Backup> moment, List<Backup> all) {
        moment.getItems().setAll(all.reversed());
        model.moment().chosenProperty().get().ifPresent(moment::setValue);
    }

    private Act openAsDisk() {
        return Act.of(
                "wizard.browse.open",
                () -> model.moment().chosenProperty().get().ifPresent(ways::openAsDisk));
    }
}
