/** What the user prefers: language, look, and how each table was left. */
@NullMarked
package org.coffer.console.setting;

import org.jspecify.annotations.NullMarked;
