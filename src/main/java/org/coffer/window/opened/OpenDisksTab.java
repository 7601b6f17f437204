package org.coffer.window.opened;

import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.page.ListTab;
import org.coffer.window.kit.page.PageTab;

/** The list of open disks as a tab. */
public final class OpenDisksTab {
    /** The tab's ID. */
    public static final String ID = "opened";

    private OpenDisksTab() {}

    /** A tab over {@code model}. */
    public static PageTab over(OpenDiskListModel model) {
        return new ListTab(
                        ID,
                        "opened.tab",
                        model.rows().totalProperty(),
                        model.queryProperty(),
                        Act.of("opened.refresh", model::refresh).with(Icon.REFRESH),
                        kit -> new OpenDiskListView(kit, model))
                .onShown(model::refresh);
    }
}
