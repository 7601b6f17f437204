package org.coffer.window.wizard;

import java.util.ArrayList;
import java.util.List;
import org.coffer.console.restore.Receipt;
import org.coffer.window.kit.Sentence;

/** The receipt of a restored disk. */
final class DiskReceipt {
    private DiskReceipt() {}

    static ReceiptPage of(Receipt receipt, Sentence verdict) {
        var facts = new ArrayList<ReceiptPage.Fact>();
        facts.add(fact("disk", Sentence.data(receipt.source().disk())));
        receipt.source()
                .moment()
                .ifPresent(at -> facts.add(fact("moment", Sentence.of("wizard.receipt.at", "at", at))));
        facts.add(fact("backup", Sentence.data(receipt.source().name())));
        facts.add(fact("vault", Sentence.data(receipt.source().vault())));
        facts.add(fact(
                "target",
                Sentence.data(receipt.target().name() + " · " + receipt.target().path())));
        facts.add(fact(
                "compared",
                Sentence.of("wizard.receipt.bytes", "bytes", receipt.bytes().compared())));
        facts.add(fact(
                "written",
                Sentence.of("wizard.receipt.bytes", "bytes", receipt.bytes().written())));
        facts.add(fact(
                "checked",
                Sentence.of("wizard.receipt.bytes", "bytes", receipt.bytes().verified())));
        receipt.safetyCopy().filter(Receipt.Copy::there).ifPresent(copy -> facts.add(fact("copy", copy(copy))));
        facts.addAll(ReceiptFile.when(receipt.task(), receipt.caller(), receipt.begun(), receipt.ended()));
        return new ReceiptPage(
                verdict,
                List.copyOf(facts),
                List.of(),
                ReceiptFile.name(receipt.target().name(), receipt.begun()));
    }

    private static Sentence copy(Receipt.Copy copy) {
        return copy.until()
                .map(until -> Sentence.of("wizard.receipt.copy.until", "name", copy.name(), "until", until))
                .orElseGet(() -> Sentence.data(copy.name()));
    }

    private static ReceiptPage.Fact fact(String name, Sentence value) {
        return new ReceiptPage.Fact("wizard.receipt." + name, value);
    }
}
