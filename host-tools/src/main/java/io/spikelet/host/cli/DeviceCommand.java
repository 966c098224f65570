package io.spikelet.host.cli;

import io.spikelet.host.data.SampleSet;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.BoardHealth;
import io.spikelet.host.link.BoardStatus;
import io.spikelet.host.link.ManagementClient;
import io.spikelet.host.link.SlotState;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet device}: asks and tells one board. */
@Command(
        name = "device",
        description = "Ask and tell one board.",
        synopsisSubcommandLabel = "status|health|log|setting|profile|slots|confirm|reset|erase|forget|factory-reset",
        footer = {
            "",
            "Examples:",
            "  spikelet device status --to serial:/dev/ttyACM0",
            "  spikelet device log --to udp:board.local",
            "  spikelet device setting telemetry/period 250 --to udp:board.local",
            "  spikelet device profile --to serial:/dev/ttyACM0 --data digits.h5"
        })
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
                + "\nself-tests        "
                + (status.selfTests() > 0 ? status.selfTests() + " passed at the start" : "none in the image")
                + "\nlast start        " + (status.lastStart().isEmpty() ? "not told" : status.lastStart())
                + "\ntemperature       " + temperature + status.temperatureSource()
                + "\nenergy            " + status.energySource()
                + (status.devices().isEmpty()
                        ? ""
                        : "\ndevices           " + status.devices().replace("; ", "\n                  "));
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
            fields.writeNumberField("self_tests", status.selfTests());
            fields.writeStringField("last_start", status.lastStart());
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

    @Command(name = "health", description = "Memory, disk, last start, self-test.")
    int health(@Mixin BoardOption board, @Option(names = "--json") boolean json) throws IOException {
        try (BoardClient client = board.open()) {
            BoardHealth health = client.management().health();
            out().println(json ? ManagementText.json(health) : ManagementText.text(health));
        }
        return 0;
    }

    @Command(name = "log", description = "The last lines of the board's own log, in UTC.")
    int log(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            client.management().log(0).forEach(line -> out().println(ManagementText.text(line)));
        }
        return 0;
    }

    @Command(
            name = "setting",
            description = "Print a setting, or give it a value, which is stored too (docs/wire.md lists them).")
    int setting(
            @Mixin BoardOption board,
            @Parameters(paramLabel = "NAME", description = "Such as telemetry/period.") String name,
            @Parameters(arity = "0..1", paramLabel = "VALUE", description = "The value it is to have.") String value,
            @Option(names = "--usual", description = "Take it back to what it has when nobody set it.") boolean usual)
            throws IOException {
        if (usual && value != null) {
            throw new IllegalArgumentException("give a VALUE or --usual, not both");
        }
        try (BoardClient client = board.open()) {
            ManagementClient management = client.management();
            if (usual) {
                management.unset(name);
            } else if (value != null) {
                management.set(name, value);
            }
            out().println(name + " = " + management.setting(name));
            if ((usual || value != null) && management.health().awaitsReset()) {
                out().println("it holds from the board's next reset on: 'spikelet device reset'");
            }
        }
        return 0;
    }

    @Command(name = "profile", description = "What each layer of the model takes, on the board, for one sample.")
    int profile(
            @Mixin BoardOption board,
            @Mixin SamplesOption samplesOption,
            @Option(
                            names = "--sample",
                            defaultValue = "0",
                            paramLabel = "N",
                            description = "Which one (default: ${DEFAULT-VALUE}).")
                    int number)
            throws Exception {
        SampleSet samples = samplesOption.read();
        if (number < 0 || number >= samples.count()) {
            throw new IllegalArgumentException("--sample must be 0 to " + (samples.count() - 1) + ", not " + number);
        }
        try (BoardClient client = board.open()) {
            SamplesOption.requireFit(client, samples);
            int bytes = samples.samples().length / samples.count();
            int from = samples.offset(number);
            byte[] sample = Arrays.copyOfRange(samples.samples(), from, from + bytes);
            out().println(ManagementText.text(client.management().profile(sample)));
        }
        return 0;
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

    @Command(
            name = "factory-reset",
            description =
                    "Forget images, what was learned and settings; the board keeps its name and keys and restarts.")
    int factoryReset(
            @Mixin BoardOption board,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "The board's name, so that no other one is meant.")
                    String name)
            throws IOException {
        try (BoardClient client = board.open()) {
            client.provision().factoryReset(name);
        }
        out().println(name + " restarts in factory state");
        return 0;
    }

    private void print(List<SlotState> slots) {
        if (slots.isEmpty()) {
            out().println("no image on the board; 'spikelet flash' gives it one");
        }
        for (SlotState slot : slots) {
            out().printf(
                            "slot %d  version %-12s %s%s%s%s%s  %s%n",
                            slot.slot(),
                            slot.version(),
                            slot.active() ? "active " : "",
                            slot.confirmed() ? "confirmed " : "",
                            slot.pending() ? "pending " : "",
                            slot.permanent() ? "permanent " : "",
                            slot.bootable() ? "" : "failed ",
                            HexFormat.of().formatHex(slot.hash()));
        }
    }
}
