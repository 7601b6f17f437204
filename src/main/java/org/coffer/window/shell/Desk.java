package org.coffer.window.shell;

import java.time.Clock;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.News;

/**
 * What every page's model works at, besides its services.
 *
 * @param background work off the window's thread, and its answers
 * @param dialogs asks and tells above the page
 * @param navigator goes to other pages
 * @param news tells at the bottom right
 * @param clock the time
 */
public record Desk(Background background, Dialogs dialogs, Navigator navigator, News news, Clock clock) {}
