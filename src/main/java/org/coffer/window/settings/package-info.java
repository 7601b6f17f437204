/** Language, look, keys, and what this program is. */
@NullMarked
package org.coffer.window.settings;

import org.jspecify.annotations.NullMarked;
