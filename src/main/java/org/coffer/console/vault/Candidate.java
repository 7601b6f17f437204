package org.coffer.console.vault;

import java.util.Optional;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;

/**
 * A disk that somebody might bind to a vault (V13).
 *
 * @param disk the disk
 * @param whyNot why it cannot be chosen; empty if it can
 * @param warning what to know before choosing it
 */
public record Candidate(Disk disk, Optional<Problem> whyNot, Optional<Problem> warning) {}
