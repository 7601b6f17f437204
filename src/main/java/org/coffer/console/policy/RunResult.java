package org.coffer.console.policy;

/**
 * A slot of a policy in one vault with what came of it.
 *
 * @param run what became of the slot
 * @param outcome how it ended
 * @param good how many disks were backed up
 * @param disks how many were to be backed up; 0 where nothing was started
 */
public record RunResult(SlotRun run, Outcome outcome, int good, int disks) {}
