/** Containers of backups: capacity, bound disks, keys, status. */
@NullMarked
package org.coffer.console.vault;

import org.jspecify.annotations.NullMarked;
