package org.coffer.window.kit.dialog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;

/** Dialogs for tests of models: notes what was asked, and answers as the test said. */
public final class FakeDialogs implements Dialogs {
    private final List<Question> questions = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean agree = true;
    private Optional<Path> path = Optional.empty();

    /** What the user answers to questions; at first yes. */
    public FakeDialogs agree(boolean yes) {
        agree = yes;
        return this;
    }

    /** What the user chooses; at first nothing. */
    public FakeDialogs choose(Path chosen) {
        path = Optional.of(chosen);
        return this;
    }

    /** What was asked. */
    public List<Question> questions() {
        return questions;
    }

    /** What was told. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public boolean confirm(Question question) {
        questions.add(question);
        return agree;
    }

    @Override
    public boolean confirmByName(Question question, String name) {
        return confirm(question);
    }

    @Override
    public void error(Problem problem) {
        problems.add(problem);
    }

    @Override
    public void error(Problem problem, Sentence plainly) {
        problems.add(problem);
    }

    /** Presses the sheet's button if the user agrees. */
    @Override
    public boolean show(Sheet sheet) {
        if (agree) {
            sheet.act().ifPresent(Act::run);
        }
        return sheet.isDone();
    }

    /** Answers nothing, and presses the wizard's last button if the user agrees. */
    @Override
    public boolean show(Wizard wizard) {
        if (agree) {
            wizard.act().run();
        }
        return wizard.isFinished();
    }

    @Override
    public Optional<Path> chooseFile(Sentence title) {
        return path;
    }

    @Override
    public Optional<Path> chooseFolder(Sentence title) {
        return path;
    }

    @Override
    public Optional<Path> save(Sentence title, String name) {
        return path;
    }
}
