package org.coffer.window.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.layout.Region;
import org.coffer.console.Console;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.AtOnce;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;
import org.coffer.window.shell.Navigator;
import org.coffer.window.shell.Route;

/** A desk whose works are done at once, and which notes what it was asked, told and led to. */
public final class TestDiskDesk implements Dialogs, Navigator, Elsewhere {
    public final List<Question> questions = new ArrayList<>();
    public final List<String> typed = new ArrayList<>();
    public final List<Sheet> sheets = new ArrayList<>();
    public final List<Problem> problems = new ArrayList<>();
    public final List<Route> routes = new ArrayList<>();
    public final List<Sentence> told = new ArrayList<>();
    public final List<Act> offered = new ArrayList<>();
    public final List<UUID> backedUp = new ArrayList<>();
    public final List<UUID> verified = new ArrayList<>();
    public Optional<Path> file = Optional.empty();
    public boolean answer = true;
    public int left;

    /** The desk over a console. */
    public DiskDesk over(Console console) {
        var background = AtOnce.background(problem -> problems.add(problem));
        return new DiskDesk(console, background, this, this, this, new Random(7));
    }

    @Override
    public boolean confirm(Question question) {
        questions.add(question);
        return answer;
    }

    @Override
    public boolean confirmByName(Question question, String name) {
        questions.add(question);
        typed.add(name);
        return answer;
    }

    @Override
    public void error(Problem problem) {
        problems.add(problem);
    }

    @Override
    public boolean show(Sheet sheet) {
        sheets.add(sheet);
        return answer;
    }

    @Override
    public boolean show(Wizard wizard) {
        return answer;
    }

    @Override
    public Optional<Path> chooseFile(Sentence title) {
        return file;
    }

    @Override
    public Optional<Path> chooseFolder(Sentence title) {
        return file;
    }

    @Override
    public Optional<Path> save(Sentence title, String name) {
        return file;
    }

    @Override
    public void open(Route route) {
        routes.add(route);
    }

    @Override
    public void back() {
        left++;
    }

    @Override
    public void leave() {
        left++;
    }

    @Override
    public void backUp(UUID vault, List<UUID> disks) {
        backedUp.add(vault);
    }

    @Override
    public void restore(UUID vault, UUID disk) {
        routes.add(Route.to("restore", disk.toString()));
    }

    @Override
    public void verify(Vault vault) {
        verified.add(vault.id());
    }

    @Override
    public PageTab backups(Optional<UUID> vault) {
        return empty("backups", "backups.tab", 132);
    }

    @Override
    public PageTab tasks(UUID vault) {
        return empty("tasks", "tasks.title", 12);
    }

    @Override
    public void tell(Sentence news, Optional<Act> act) {
        told.add(news);
        act.ifPresent(offered::add);
    }

    private static PageTab empty(String id, String titleKey, int n) {
        return new ListTab(
                id,
                titleKey,
                new SimpleIntegerProperty(n),
                new SimpleStringProperty(""),
                Act.of("=Refresh", () -> {}),
                kit -> new Region());
    }
}
