package org.coffer.window.vault;

import org.coffer.text.RecoverySheet;
import org.coffer.text.Text;
import org.coffer.window.kit.PaperSheet;

/** The recovery sheet on paper, a sheet a language. */
final class RecoveryPaper {
    private RecoveryPaper() {}

    static PaperSheet of(RecoverySheet sheet, Text text) {
        return new PaperSheet()
                .title(sheet.title(text))
                .words(sheet.meaning(text))
                .heading(text.get("recovery.code"))
                .words(sheet.codeLines(7), "mono", "recovery-code")
                .facts(sheet.facts(text))
                .heading(text.get("recovery.steps"))
                .steps(sheet.steps(text))
                .words(text.get("recovery.keep"), "strong");
    }
}
