package org.coffer.engine.volume;

/**
 * An entry of a folder, as the folder alone tells it.
 *
 * @param text the name; bytes that are no UTF-8 are written as {@code \x} and two hexadecimal digits ({@link RawName}), half
 *     of a surrogate pair where names are UTF-16 as {@code \}{@code u} and four; without slashes and zeros
 * @param id the file system's own number of what it names
 * @param kind what it names; {@link NodeKind#UNKNOWN} where the folder does not say
 */
public record Name(String text, long id, NodeKind kind) {}
