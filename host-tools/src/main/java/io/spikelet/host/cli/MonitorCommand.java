package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.host.link.Links;
import io.spikelet.host.link.Target;
import io.spikelet.host.monitor.BoardView;
import io.spikelet.host.monitor.FollowedBoard;
import io.spikelet.host.monitor.MonitorScreen;
import io.spikelet.host.monitor.MonitorSource;
import io.spikelet.host.monitor.PolledBoard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet monitor}: one board, live. */
@Command(
        name = "monitor",
        description = "Watch one board live: accuracy, latency, spikes, energy, temperature, learning.",
        footer = {
            "",
            "Over MQTT it listens to the board's Sparkplug telemetry; over other links it asks for SMP's statistics.",
            "On a terminal a table renews itself; elsewhere each change is a line. Ctrl-C ends it.",
            "",
            "Examples:",
            "  spikelet monitor --to serial:/dev/ttyACM0",
            "  spikelet monitor --to mqtt:broker.local/greenhouse-3 --json",
            "  spikelet monitor --to mqtts:broker.local/greenhouse-3 --ca ca.pem --certificate me.pem"
                    + " --certificate-key me.key",
            "  spikelet monitor --to serial:/dev/ttyACM0 --for 10 --lines"
        })
final class MonitorCommand implements Callable<Integer> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TURN_MILLIS = 250;

    @Mixin
    private BoardOption board;

    @Option(
            names = "--interval-ms",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Between two questions to a board that is asked (default: ${DEFAULT-VALUE}).")
    private int intervalMillis;

    @Option(
            names = "--group",
            defaultValue = "spikelet",
            paramLabel = "NAME",
            description = "The board's Sparkplug group (default: ${DEFAULT-VALUE}).")
    private String group;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End by itself after so long.")
    private Integer seconds;

    @Option(names = "--lines", description = "A line for each change, also on a terminal.")
    private boolean lines;

    @Option(names = "--json", description = "One JSON object a line: all metrics, whenever one changed.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    MonitorCommand() {}

    @Override
    public Integer call() throws Exception {
        if (intervalMillis < 50) {
            throw new IllegalArgumentException("--interval-ms must be 50 or more: " + intervalMillis);
        }
        if (seconds != null && seconds < 1) {
            throw new IllegalArgumentException("--for must be 1 or more: " + seconds);
        }
        long end = seconds == null ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Target target = board.target();
        BoardView view = new BoardView(target.toString());
        PrintWriter out = spec.commandLine().getOut();
        MonitorScreen screen = new MonitorScreen(out);
        try (MonitorSource source = source(target)) {
            int turn = target instanceof Target.Mqtt ? TURN_MILLIS : intervalMillis;
            while (System.nanoTime() < end) {
                source.await(view, turn);
                show(view, screen, out);
            }
        }
        return view.heardMillis() > 0 ? 0 : 1;
    }

    private MonitorSource source(Target target) throws IOException {
        if (target instanceof Target.Mqtt mqtt) {
            MqttOptions options = Links.options(mqtt, board.settings());
            return new FollowedBoard(() -> MqttLink.connect(options), group, mqtt.device());
        }
        return new PolledBoard(board.open());
    }

    private void show(BoardView view, MonitorScreen screen, PrintWriter out) {
        if (json) {
            boolean changed = view.takeStateChange() | !view.takeChanges().isEmpty();
            if (changed) {
                out.println(asJson(view));
                out.flush();
            }
        } else if (lines || !isTerminal()) {
            screen.print(view);
        } else {
            screen.draw(view);
        }
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    private static String asJson(BoardView view) {
        StringWriter text = new StringWriter();
        try (JsonGenerator fields = JSON.createGenerator(text)) {
            fields.writeStartObject();
            fields.writeStringField("board", view.board());
            fields.writeStringField("state", view.state().toString());
            fields.writeStringField("note", view.note());
            fields.writeNumberField("heard", view.heardMillis());
            fields.writeObjectFieldStart("metrics");
            for (Map.Entry<String, BoardView.Row> entry : view.rows().entrySet()) {
                fields.writeFieldName(entry.getKey());
                switch (entry.getValue().value()) {
                    case null -> fields.writeNull();
                    case Long whole -> fields.writeNumber(whole);
                    case Double real -> fields.writeNumber(real);
                    case Boolean flag -> fields.writeBoolean(flag);
                    case Object other -> fields.writeString(other.toString());
                }
            }
            fields.writeEndObject();
            fields.writeEndObject();
        } catch (IOException neverOfAString) {
            throw new java.io.UncheckedIOException(neverOfAString);
        }
        return text.toString();
    }
}
