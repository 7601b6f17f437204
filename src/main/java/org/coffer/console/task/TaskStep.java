package org.coffer.console.task;

import java.time.Instant;
import java.util.Map;

/**
 * One line of a task's log.
 *
 * @param at when
 * @param key names the sentence: {@code task.step.<key>}
 * @param args values for its placeholders
 */
public record TaskStep(Instant at, String key, Map<String, Object> args) {}
