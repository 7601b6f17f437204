/** Backups that happen by themselves, and go when they should. */
@NullMarked
package org.coffer.console.policy;

import org.jspecify.annotations.NullMarked;
