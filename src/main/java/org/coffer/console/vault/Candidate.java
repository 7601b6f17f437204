package org.coffer.console.vault;

import java.util.List;
import java.util.Optional;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;

/**
 * A disk that somebody might bind to a vault (V13).
 *
 * @param disk the disk
 * @param whyNot why it cannot be chosen; empty if it can
 * @param warnings what to know before choosing it: {@code location.beside}, {@code bind.large}
 */
public record Candidate(Disk disk, Optional<Problem> whyNot, List<Problem> warnings) {}
