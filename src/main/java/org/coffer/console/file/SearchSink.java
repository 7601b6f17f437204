package org.coffer.console.file;

/** Takes what a search finds, as it finds it; called by the searching thread. */
public interface SearchSink {
    /** A place, or the same place again with more versions: it replaces the one with the same {@link FileHit#key}. */
    void found(FileHit hit);

    /** How far the search is: after each backup, and a few times a second. */
    void looked(SearchState state);
}
