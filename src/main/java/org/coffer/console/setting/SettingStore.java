package org.coffer.console.setting;

import static org.coffer.console.catalog.jooq.Tables.SETTING;

import java.util.Optional;
import org.coffer.console.catalog.Catalog;

/** The SQL of settings. */
final class SettingStore {
    private final Catalog catalog;

    SettingStore(Catalog catalog) {
        this.catalog = catalog;
    }

    Optional<String> get(String name) {
        return catalog.sql()
                .select(SETTING.CONTENT)
                .from(SETTING)
                .where(SETTING.NAME.eq(name))
                .fetchOptional(SETTING.CONTENT);
    }

    void put(String name, String value) {
        catalog.transaction(() -> {
            int updated = catalog.sql()
                    .update(SETTING)
                    .set(SETTING.CONTENT, value)
                    .where(SETTING.NAME.eq(name))
                    .execute();
            if (updated == 0) {
                catalog.sql().insertInto(SETTING).values(name, value).execute();
            }
        });
    }
}
