/** Forms: labels above, help below, problems in place, a summary beside. */
@NullMarked
package org.coffer.window.kit.form;

import org.jspecify.annotations.NullMarked;
