/** Getting a disk back, for people who know which backup and which disk. */
@NullMarked
package org.coffer.window.restore;

import org.jspecify.annotations.NullMarked;
