/**
 * The shared pieces of the window: words, icons, buttons, states, work off the window's thread. Everything a page is
 * built from comes from here or from the packages below, so that all pages look and behave alike.
 *
 * <p>{@link org.coffer.window.kit.Act}, {@link org.coffer.window.kit.Sentence}, {@link org.coffer.window.kit.State},
 * {@link org.coffer.window.kit.Background} and {@link org.coffer.window.kit.Bridge} know no nodes: models use them
 * without a toolkit.
 */
@NullMarked
package org.coffer.window.kit;

import org.jspecify.annotations.NullMarked;
