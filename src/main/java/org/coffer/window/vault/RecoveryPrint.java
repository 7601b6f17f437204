package org.coffer.window.vault;

import java.util.List;
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
import org.coffer.text.RecoverySheet;
import org.coffer.text.Text;
import org.coffer.window.kit.Theme;

/** Prints the recovery sheet, one A4 page a language, always dark on white. */
final class RecoveryPrint {
    private RecoveryPrint() {}

    /** How printing ended. */
    enum Outcome {
        PRINTED,
        CANCELED,
        NO_PRINTER
    }

    /** Asks which printer, and prints. {@code owner} is in the window that asks. */
    static Outcome print(Node owner, RecoverySheet sheet, List<Text> languages) {
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
        boolean printed = true;
        for (Text text : languages) {
            Parent page = page(sheet, text, layout.getPrintableWidth());
            printed &= job.printPage(layout, page);
        }
        return printed && job.endJob() ? Outcome.PRINTED : Outcome.CANCELED;
    }

    /** One page, {@code width} points wide. */
    static Parent page(RecoverySheet sheet, Text text, double width) {
        var page = new VBox(12);
        page.getStyleClass().add("paper");
        page.setMinWidth(width);
        page.setMaxWidth(width);
        page.getChildren()
                .addAll(
                        words(sheet.title(text), "page-title"),
                        words(sheet.meaning(text)),
                        words(text.get("recovery.code"), "section"),
                        words(sheet.codeLines(7), "mono", "recovery-code"));
        for (RecoverySheet.Fact fact : sheet.facts(text)) {
            Label name = words(fact.name());
            name.setMinWidth(120);
            page.getChildren().add(new HBox(12, name, words(fact.value(), "strong")));
        }
        page.getChildren().add(words(text.get("recovery.steps"), "section"));
        List<String> steps = sheet.steps(text);
        for (int i = 0; i < steps.size(); i++) {
            page.getChildren().add(words((i + 1) + ". " + steps.get(i)));
        }
        page.getChildren().add(words(text.get("recovery.keep"), "strong"));
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
