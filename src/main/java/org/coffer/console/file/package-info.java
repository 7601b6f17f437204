/** Files out of disk backups (S7): browsing, searching, looking at them, and restoring them. */
@NullMarked
package org.coffer.console.file;

import org.jspecify.annotations.NullMarked;
