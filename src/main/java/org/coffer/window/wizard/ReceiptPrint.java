package org.coffer.window.wizard;

import javafx.print.PageLayout;
import javafx.print.PageOrientation;
import javafx.print.Paper;
import javafx.print.Printer;
import javafx.print.PrinterJob;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Theme;

/** Prints a receipt on A4, always dark on white; a printer that writes into a file makes a PDF of it. */
final class ReceiptPrint {
    private ReceiptPrint() {}

    /** How printing ended. */
    enum Outcome {
        PRINTED,
        CANCELED,
        NO_PRINTER
    }

    /** Asks which printer, and prints. {@code owner} is in the window that asks. */
    static Outcome print(Node owner, Kit kit, ReceiptPage receipt) {
        PrinterJob job = PrinterJob.createPrinterJob();
        if (job == null) {
            return Outcome.NO_PRINTER;
        }
        if (!job.showPrintDialog(owner.getScene().getWindow())) {
            job.cancelJob();
            return Outcome.CANCELED;
        }
        PageLayout layout =
                job.getPrinter().createPageLayout(Paper.A4, PageOrientation.PORTRAIT, Printer.MarginType.DEFAULT);
        boolean printed = job.printPage(layout, page(kit, receipt, layout.getPrintableWidth()));
        return printed && job.endJob() ? Outcome.PRINTED : Outcome.CANCELED;
    }

    /** One page, {@code width} points wide. */
    static Parent page(Kit kit, ReceiptPage receipt, double width) {
        var page = new VBox(10);
        page.getStyleClass().add("paper");
        page.setMinWidth(width);
        page.setMaxWidth(width);
        page.getChildren()
                .addAll(
                        words(kit.say("wizard.receipt.title"), "page-title"),
                        words(kit.say(receipt.verdict()), "section"));
        for (ReceiptPage.Fact fact : receipt.facts()) {
            Label name = words(kit.say(fact.nameKey()));
            name.setMinWidth(140);
            page.getChildren().add(new HBox(12, name, words(kit.say(fact.value()), "strong")));
        }
        for (ReceiptPage.Names list : receipt.lists()) {
            page.getChildren().add(words(kit.say(list.heading()), "section"));
            list.names().forEach(name -> page.getChildren().add(words(kit.say(name))));
        }
        var scene = new Scene(page);
        Theme.dress(scene, false);
        page.applyCss();
        page.layout();
        return page;
    }

    private static Label words(String words, String... styleClasses) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }
}
