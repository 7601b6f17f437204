package org.coffer.window.desk;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.fixture.AtOnce;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.News;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Navigator;
import org.coffer.window.shell.Route;

/** A desk whose works are done at once, on the calling thread, and which notes what it was asked and told. */
public class TestDesk implements Dialogs, News, Navigator {
    private final List<Question> questions = new ArrayList<>();
    private final List<String> typed = new ArrayList<>();
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<Sentence> told = new ArrayList<>();
    private final List<Act> offered = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Sentence> plain = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private Optional<Path> file = Optional.empty();
    private boolean answer = true;

    /** The desk at {@code clock}'s time; without a window. */
    public Desk desk(Clock clock) {
        return new Desk(
                AtOnce.background(problem -> {
                    throw new ProblemException(problem);
                }),
                this,
                this,
                this,
                clock);
    }

    /** A desk for pictures: works are done at once, answers on the window's thread, dialogs are real. */
    public Desk windowDesk(Clock clock, Dialogs dialogs) {
        return new Desk(new Background(Runnable::run, TestDesk::onWindow, this::error), dialogs, this, this, clock);
    }

    private static void onWindow(Runnable task) {
        if (Platform.isFxApplicationThread()) {
            task.run();
        } else {
            Platform.runLater(task);
        }
    }

    /** What the user answers to questions from now on. */
    public void answer(boolean yes) {
        answer = yes;
    }

    /** What the user chooses as a file. */
    public void file(Path path) {
        file = Optional.of(path);
    }

    public List<Question> questions() {
        return questions;
    }

    /** The names that had to be typed. */
    public List<String> typed() {
        return typed;
    }

    public List<Sheet> sheets() {
        return sheets;
    }

    public List<Sentence> told() {
        return told;
    }

    public List<Act> offered() {
        return offered;
    }

    public List<Problem> problems() {
        return problems;
    }

    public List<Route> routes() {
        return routes;
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
    public void error(Problem problem, Sentence plainly) {
        problems.add(problem);
        plain.add(plainly);
    }

    /** Problems that were told in plain words. */
    public List<Sentence> plainly() {
        return plain;
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
    public void tell(Sentence news, Optional<Act> act) {
        told.add(news);
        act.ifPresent(offered::add);
    }

    @Override
    public void error(Problem problem, Optional<Act> show) {
        problems.add(problem);
    }

    @Override
    public void open(Route route) {
        routes.add(route);
    }

    @Override
    public void back() {
        routes.add(Route.to("back"));
    }

    @Override
    public void leave() {
        routes.add(Route.to("leave"));
    }
}
