/** Disks as rows of bytes: backing them up block by block, comparing, restoring. Knows vaults, not machines. */
@NullMarked
package org.coffer.engine.disk;

import org.jspecify.annotations.NullMarked;
