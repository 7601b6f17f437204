/** What floats above a page: questions, sheets, wizards, errors, toasts. */
@NullMarked
package org.coffer.window.kit.dialog;

import org.jspecify.annotations.NullMarked;
