/** Backups that are open as disks: served, written to beside the backup, mounted here. */
@NullMarked
package org.coffer.console.opened;

import org.jspecify.annotations.NullMarked;
