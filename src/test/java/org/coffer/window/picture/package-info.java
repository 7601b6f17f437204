/** Takes pictures of views in every language and look, and finds what is wrong in them. */
@NullMarked
package org.coffer.window.picture;

import org.jspecify.annotations.NullMarked;
