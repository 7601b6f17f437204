/** What tests of pages stand on: a home with a history, a desk without a window. */
@NullMarked
package org.coffer.window.desk;

import org.jspecify.annotations.NullMarked;
