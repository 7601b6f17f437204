/**
 * Backups as disks: the protocol of network block devices over what the vault reads, with an overlay for writes. Knows
 * sockets and vaults, not machines.
 */
@NullMarked
package org.coffer.engine.nbd;

import org.jspecify.annotations.NullMarked;
