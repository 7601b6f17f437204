/** Backups that are open as disks: opening one, how it is reached, the list of all, the note in the strip. */
@NullMarked
package org.coffer.window.opened;

import org.jspecify.annotations.NullMarked;
