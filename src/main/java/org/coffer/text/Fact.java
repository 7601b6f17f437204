package org.coffer.text;

/**
 * A line of a paper, such as a recovery sheet or a receipt.
 *
 * @param name what it is, in words
 * @param value what it is like
 */
public record Fact(String name, String value) {}
