/**
 * The vault: encrypted, deduplicated backups of disks in an object store. {@code docs/vault-format.md} has every byte
 * and the protocol; {@link org.coffer.engine.vault.Vault} is the way in.
 */
@NullMarked
package org.coffer.engine.vault;

import org.jspecify.annotations.NullMarked;
