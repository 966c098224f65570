package io.spikelet.host.cli;

import io.spikelet.host.page.MeasurementPage;
import io.spikelet.host.report.EnergyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a report is given: all verbs that make one. */
final class ReportOption {
    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write the report as a page with charts, one file that opens offline.")
    private Path html;

    @Option(
            names = "--energy-model",
            defaultValue = "45nm",
            paramLabel = "NAME",
            description =
                    "How energy is estimated from operations: 45nm, 45nm-float or loihi; the report says what each"
                            + " leaves out (default: ${DEFAULT-VALUE}).")
    private String energyModel;

    ReportOption() {}

    /** Looks at what was asked before any work is done. */
    void prepare() throws IOException {
        energyModel();
        if (html != null) {
            ImageFile.requireFolder(html);
        }
    }

    boolean wantsJson() {
        return json;
    }

    boolean wantsPage() {
        return html != null;
    }

    EnergyModel energyModel() {
        return EnergyModel.named(energyModel);
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @return one line for a person
     */
    String write(MeasurementPage page) throws IOException {
        ImageFile.write(html, page.toHtml().getBytes(StandardCharsets.UTF_8));
        return html + ": the report as a page";
    }
}
