/** Every part of the kit with realistic data, for people to look at. */
@NullMarked
package org.coffer.window.gallery;

import org.jspecify.annotations.NullMarked;
