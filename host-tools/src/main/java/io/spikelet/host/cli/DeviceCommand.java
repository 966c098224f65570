package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.host.link.SlotState;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet device}: asks and tells one board. */
@Command(
        name = "device",
        description = "Ask and tell one board.",
        synopsisSubcommandLabel = "status|slots|confirm|reset|erase|forget",
        footer = {"", "Example:", "  spikelet device status --to serial:/dev/ttyACM0"})
final class DeviceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    DeviceCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "status", description = "What the board is and serves.")
    int status(@Mixin BoardOption board, @Option(names = "--json") boolean json) throws IOException {
        try (BoardClient client = board.open()) {
            BoardStatus status = client.status();
            out().println(json ? statusJson(status) : statusText(status));
        }
        return 0;
    }

    private static String statusText(BoardStatus status) {
        String temperature = status.temperature().isPresent()
                ? String.format(
                        java.util.Locale.ROOT, "%.1f °C, ", status.temperature().getAsDouble())
                : "";
        return "board             " + status.name()
                + "\nserves            "
                + (status.serving()
                        ? status.model() + ", " + status.timeSteps() + " steps, " + status.classes() + " classes, "
                                + status.sampleBytes() + " bytes a sample"
                        : "nothing yet; 'spikelet flash' gives it a model")
                + "\nlearned           " + status.learned() + " samples"
                + "\nsecurity counter  " + status.securityCounter()
                + "\ninferences        " + status.inferences()
                + "\ntemperature       " + temperature + status.temperatureSource()
                + "\nenergy            " + status.energySource()
                + (status.devices().isEmpty() ? "" : "\ndevices           " + status.devices().replace("; ", "\n                  "));
    }

    private static String statusJson(BoardStatus status) {
        return Json.object(fields -> {
            fields.writeStringField("name", status.name());
            fields.writeBooleanField("serving", status.serving());
            fields.writeStringField("model", status.model());
            fields.writeStringField("hash", HexFormat.of().formatHex(status.hash()));
            fields.writeNumberField("learned", status.learned());
            fields.writeNumberField("security_counter", status.securityCounter());
            fields.writeNumberField("inferences", status.inferences());
            if (status.temperature().isPresent()) {
                fields.writeNumberField("celsius", status.temperature().getAsDouble());
            }
            fields.writeStringField("temperature_source", status.temperatureSource());
            fields.writeStringField("energy_source", status.energySource());
            if (!status.devices().isEmpty()) {
                fields.writeStringField("devices", status.devices());
            }
        });
    }

    @Command(name = "slots", description = "The images on the board.")
    int slots(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            print(client.imageState());
        }
        return 0;
    }

    @Command(name = "confirm", description = "Keep the image that serves.")
    int confirm(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            print(client.confirm());
        }
        return 0;
    }

    @Command(name = "reset", description = "Restart the board; an image on trial is given up.")
    int reset(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            client.reset();
        }
        return 0;
    }

    @Command(name = "erase", description = "Empty the slot that does not serve.")
    int erase(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            client.erase();
        }
        return 0;
    }

    @Command(name = "forget", description = "Drop what was learned; the model is as it was flashed.")
    int forget(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            client.learnReset();
        }
        return 0;
    }

    private void print(List<SlotState> slots) {
        if (slots.isEmpty()) {
            out().println("no image on the board; 'spikelet flash' gives it one");
        }
        for (SlotState slot : slots) {
            out().printf(
                            "slot %d  version %-12s %s%s%s%s  %s%n",
                            slot.slot(),
                            slot.version(),
                            slot.active() ? "active " : "",
                            slot.confirmed() ? "confirmed " : "",
                            slot.pending() ? "pending " : "",
                            slot.permanent() ? "permanent " : "",
                            HexFormat.of().formatHex(slot.hash()));
        }
    }
}
