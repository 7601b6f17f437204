package org.coffer.console.file;

import org.coffer.problem.Problem;

/**
 * A file that is not restored, and why.
 *
 * @param path as {@link FilePath#text}
 * @param problem {@code vault.damaged}, {@code files.broken}, {@code files.unsupported}, {@code files.name}, {@code files.denied}, {@code files.large}, {@code files.unlike} and their like
 */
public record FileFailure(String path, Problem problem) {}
