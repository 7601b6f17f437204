/** What is damaged in backups, in words that window and command line share. */
@NullMarked
package org.coffer.text.backup;

import org.jspecify.annotations.NullMarked;
