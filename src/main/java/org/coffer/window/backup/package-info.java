/** Backups: the list in all its places, the page about one, and the dialogs that make, change and delete them. */
@NullMarked
package org.coffer.window.backup;

import org.jspecify.annotations.NullMarked;
