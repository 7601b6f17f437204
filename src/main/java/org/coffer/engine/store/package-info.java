/** Where bytes are kept: stores of named, immutable objects. A folder today; buckets speak the same few words. */
@NullMarked
package org.coffer.engine.store;

import org.jspecify.annotations.NullMarked;
