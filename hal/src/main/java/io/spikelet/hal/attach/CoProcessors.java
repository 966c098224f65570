package io.spikelet.hal.attach;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.crossbar.Crossbar;
import io.spikelet.hal.crossbar.CrossbarPresets;
import io.spikelet.hal.crossbar.CrossbarSetup;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import io.spikelet.hal.tcp.TcpLink;
import io.spikelet.hal.tinyodin.Firing;
import io.spikelet.hal.tinyodin.LinePort;
import io.spikelet.hal.tinyodin.LinkLines;
import io.spikelet.hal.tinyodin.TinyOdin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens co-processors by words: {@code crossbar:PRESET,KEY=VALUE,...} and {@code tinyodin:sim} are simulations, one for each
 * layer that may come; {@code tinyodin:HOST:PORT} is one chip behind the line protocol (docs/tinyodin.md).
 */
public final class CoProcessors {
    /** For people: what may be said. */
    public static final String WORDS =
            "crossbar:PRESET,KEY=VALUE,... (docs/crossbar.md), tinyodin:sim or tinyodin:HOST:PORT (docs/tinyodin.md)";

    private static final int TIMEOUT_MILLIS = 10_000;

    private CoProcessors() {}

    /**
     * Checks words without opening anything.
     *
     * @throws IllegalArgumentException with one sentence for people where the words say no device
     */
    public static void check(String words) {
        if (words.startsWith("tinyodin:") && !words.equals("tinyodin:sim")) {
            address(words);
            return;
        }
        try {
            open(words, 0);
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing was opened", impossible);
        }
    }

    /**
     * @param layers how many layers may want a device
     * @return open devices; close each
     * @throws IllegalArgumentException with one sentence for people where the words say no device
     * @throws IOException where a chip's port does not open
     */
    public static List<CoProcessor> open(String words, int layers) throws IOException {
        int colon = words.indexOf(':');
        String kind = colon < 0 ? words : words.substring(0, colon);
        String rest = colon < 0 ? "" : words.substring(colon + 1);
        return switch (kind) {
            case "crossbar" -> crossbars(rest.isEmpty() ? "ideal" : rest, layers);
            case "tinyodin" -> rest.equals("sim") ? chips(layers) : List.of(chip(words));
            default -> throw new IllegalArgumentException("\"" + words + "\" is no co-processor; there are " + WORDS);
        };
    }

    /**
     * The same for several words; where one of them fails, those that were open are closed.
     *
     * @param layers how many layers may want a device
     */
    public static List<CoProcessor> openAll(List<String> words, int layers) throws IOException {
        List<CoProcessor> devices = new ArrayList<>();
        try {
            for (String some : words) {
                devices.addAll(open(some, layers));
            }
            return devices;
        } catch (IOException | RuntimeException failed) {
            devices.forEach(CoProcessor::close);
            throw failed;
        }
    }

    private static List<CoProcessor> crossbars(String text, int layers) {
        CrossbarSetup setup = CrossbarPresets.parse(text);
        List<CoProcessor> devices = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            devices.add(new Crossbar("crossbar" + i, setup));
        }
        return devices;
    }

    private static List<CoProcessor> chips(int layers) {
        List<CoProcessor> devices = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(i));
            devices.add(new TinyOdin("tinyodin" + i, port, port, Firing.ONCE_A_STEP));
        }
        return devices;
    }

    private static CoProcessor chip(String words) throws IOException {
        Address address = address(words);
        TcpLink link = TcpLink.connect(address.host(), address.port(), TIMEOUT_MILLIS);
        LinePort lines = new LinePort(new LinkLines(link, TIMEOUT_MILLIS));
        String name = "tinyodin@" + address.host() + ":" + address.port();
        return new TinyOdin(name, lines, lines, Firing.ONCE_A_STEP);
    }

    private record Address(String host, int port) {}

    private static Address address(String words) {
        String rest = words.substring(words.indexOf(':') + 1);
        int colon = rest.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(rest.substring(colon + 1));
        if (port < 1) {
            throw new IllegalArgumentException("\"" + words
                    + "\" names no chip; give tinyodin:sim, or tinyodin:HOST:PORT with a port of 1 to 65535");
        }
        return new Address(rest.substring(0, colon), port);
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port <= 65535 ? port : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
