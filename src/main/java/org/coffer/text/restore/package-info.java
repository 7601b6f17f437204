/** What restores did, in words that window and command line share. */
@NullMarked
package org.coffer.text.restore;

import org.jspecify.annotations.NullMarked;
