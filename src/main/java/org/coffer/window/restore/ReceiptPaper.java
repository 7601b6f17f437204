package org.coffer.window.restore;

import org.coffer.text.restore.ReceiptSheet;
import org.coffer.window.kit.PaperSheet;

/** A receipt on paper. */
public final class ReceiptPaper {
    private ReceiptPaper() {}

    /** All that the receipt says, on as many pages as that needs. */
    public static PaperSheet of(ReceiptSheet receipt) {
        PaperSheet paper = new PaperSheet()
                .title(receipt.title())
                .heading(receipt.verdict())
                .facts(receipt.facts());
        receipt.lists().forEach(list -> paper.heading(list.heading()).names(list.names()));
        return paper;
    }
}
