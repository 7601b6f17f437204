package org.coffer.console.task;

import java.util.Map;

/**
 * Work to be done.
 *
 * @param type what kind
 * @param subject what it is about
 * @param parameters strings, numbers, booleans and lists that the handler needs
 */
public record NewTask(TaskType type, Task.Subject subject, Map<String, Object> parameters) {}
