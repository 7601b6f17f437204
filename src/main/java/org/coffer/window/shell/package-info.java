/** The frame around all pages: navigation, history, status strip, keyboard, language and look. */
@NullMarked
package org.coffer.window.shell;

import org.jspecify.annotations.NullMarked;
