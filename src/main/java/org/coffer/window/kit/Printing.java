package org.coffer.window.kit;

import java.util.List;
import javafx.print.PageLayout;
import javafx.print.PageOrientation;
import javafx.print.Paper;
import javafx.print.Printer;
import javafx.print.PrinterJob;
import javafx.scene.Node;
import javafx.scene.Parent;

/** Prints on A4; a printer that writes into a file makes a PDF of it. */
public final class Printing {
    private Printing() {}

    /** How printing ended. */
    public enum Outcome {
        PRINTED,
        CANCELED,
        NO_PRINTER
    }

    /** Asks which printer, and prints each on pages of its own. {@code owner} is in the window that asks. */
    public static Outcome print(Node owner, List<PaperSheet> papers) {
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
        for (PaperSheet paper : papers) {
            for (Parent page : paper.pages(layout.getPrintableWidth(), layout.getPrintableHeight())) {
                printed &= job.printPage(layout, page);
            }
        }
        return printed && job.endJob() ? Outcome.PRINTED : Outcome.CANCELED;
    }
}
