package org.coffer.window.kit.dialog;

import java.nio.file.Path;
import java.util.Optional;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;

/**
 * Everything that asks or tells the user above the page. Called on the window's thread; the methods that return an
 * answer come back when the user gave it, while the window goes on living. Models get this interface, tests a fake.
 */
public interface Dialogs {

    /** Asks; true if the user wants it done. */
    boolean confirm(Question question);

    /** Asks, and has {@code name} typed before it can be done; for what loses data. */
    boolean confirmByName(Question question, String name);

    /** Tells of a problem: what, why, what to do; details can be copied. Does not wait. */
    void error(Problem problem);

    /**
     * Tells of a problem in other words than everywhere, as for people who know nothing of the trade; details can be copied. Does
     * not wait.
     */
    void error(Problem problem, Sentence plainly);

    /** Shows a sheet; true if it was done, false if it was cancelled. */
    boolean show(Sheet sheet);

    /** Shows a wizard; true if it was finished, false if it was left. */
    boolean show(Wizard wizard);

    /**
     * Lets the user choose what exists.
     *
     * @param title says what for
     */
    Optional<Path> chooseFile(Sentence title);

    /** Lets the user choose a folder. */
    Optional<Path> chooseFolder(Sentence title);

    /** Lets the user say where to save a file, at first called {@code name}. */
    Optional<Path> save(Sentence title, String name);
}
