package org.coffer.window.wizard;

import java.util.Optional;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;

/**
 * A disk that might be overwritten.
 *
 * @param refusal why it cannot be, now or ever; empty for one that only has to be let go first
 */
record DiskChoice(Disk disk, Optional<Problem> refusal) {}
