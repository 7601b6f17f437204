/** The frames of pages: title row, tabs, search field, cards, details. */
@NullMarked
package org.coffer.window.kit.page;

import org.jspecify.annotations.NullMarked;
