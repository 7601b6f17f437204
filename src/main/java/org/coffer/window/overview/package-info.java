/** The first page: am I safe, what runs, what must I do? */
@NullMarked
package org.coffer.window.overview;

import org.jspecify.annotations.NullMarked;
