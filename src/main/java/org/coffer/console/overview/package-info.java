/** One answer to: am I safe, what runs, what must I do? */
@NullMarked
package org.coffer.console.overview;

import org.jspecify.annotations.NullMarked;
