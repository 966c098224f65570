package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.Flasher;
import io.spikelet.host.link.SlotState;
import io.spikelet.model.container.ModelImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet flash}: brings a signed image onto a board and lets it serve. */
@Command(
        name = "flash",
        description = "Send an image to a board, start it on trial, and confirm it once it serves.",
        footer = {
            "",
            "An upload that was cut goes on where it stopped. An image that is not confirmed is given up at the next",
            "restart of the board.",
            "",
            "Examples:",
            "  spikelet flash digits.img --to serial:/dev/ttyACM0",
            "  spikelet flash digits.img --to mqtt:broker.local/board-1 --user lab --password-file lab.txt"
        })
final class FlashCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGE", description = "A signed model image.")
    private Path file;

    @Mixin
    private BoardOption board;

    @Option(names = "--trial", description = "Do not confirm: the board goes back at its next restart.")
    private boolean trial;

    @Option(names = "--upload-only", description = "Upload and stop; the board goes on serving what it serves.")
    private boolean uploadOnly;

    @Spec
    private CommandSpec spec;

    FlashCommand() {}

    @Override
    public Integer call() throws Exception {
        ModelImage image = ImageFile.read(file);
        ImageFile.network(file, image);
        PrintWriter out = spec.commandLine().getOut();
        try (BoardClient client = board.open()) {
            Flasher flasher = new Flasher(client);
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "uploading");
            try {
                flasher.upload(image, progress::at);
            } finally {
                progress.done();
            }
            out.println("uploaded    " + image.size() + " bytes, version " + image.version());
            if (uploadOnly) {
                return 0;
            }
            SlotState serving = flasher.start(image);
            out.println("on trial    version " + serving.version());
            if (!trial) {
                flasher.confirm(image);
                out.println("confirmed   version " + serving.version());
            }
        }
        return 0;
    }
}
