/** What policies do, in words that window and command line share. */
@NullMarked
package org.coffer.text.policy;

import org.jspecify.annotations.NullMarked;
