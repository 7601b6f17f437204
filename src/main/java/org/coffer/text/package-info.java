/** Every sentence that people read, in Chinese and English, and the way each language writes numbers and times. */
@NullMarked
package org.coffer.text;

import org.jspecify.annotations.NullMarked;
