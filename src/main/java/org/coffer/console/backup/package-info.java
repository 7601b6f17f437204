/** Backups: making, listing and deleting them, and the acts on a vault that concern its backups. */
@NullMarked
package org.coffer.console.backup;

import org.jspecify.annotations.NullMarked;
