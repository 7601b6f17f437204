/** Tables: their rows (in memory or in pages), ticks, columns, filters, and what stands where rows are missing. */
@NullMarked
package org.coffer.window.kit.table;

import org.jspecify.annotations.NullMarked;
