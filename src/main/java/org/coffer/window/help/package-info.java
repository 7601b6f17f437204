/** Built-in help: one text per page and language, opened by F1. */
@NullMarked
package org.coffer.window.help;

import org.jspecify.annotations.NullMarked;
