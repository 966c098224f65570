package io.spikelet.hal.crossbar;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Crossbars by name: {@code ideal}, {@code rram}, {@code pcm}, {@code harsh}, and {@code preset,key=value,...} for one that differs.
 * All keys with their units are in docs/crossbar.md; a key stands for the parameter of a like name in {@link CrossbarSetup}
 * and its parts.
 */
public final class CrossbarPresets {
    private static final String IDEAL =
            "cells=ideal,least=0,most=40,programming=1,sigma=0,reading=1,read-sigma=0,drift=1"
                    + ",activation=0,stuck-low=0,stuck-high=0,open=0"
                    + ",rows=128,columns=128,spares=0,tiles=4096,word=0,bit=0,driver=0,sense=0"
                    + ",mapping=pair,slices=1,headroom=1,clip=off"
                    + ",dac=8,adc=0,range=1,read-volts=0.1,read-seconds=1e-8"
                    + ",tolerance=0.05,pulses=1,remap=off,write-volts=2,write-seconds=1e-6"
                    + ",steps=128,up=0,down=0,jitter=0,endurance=0,endurance-spread=0.5"
                    + ",gains=off,canary=0.1,celsius=25,seed=1,noise-seed=1";

    private static final Map<String, String> DIFFERENCES = Map.of(
            "ideal",
            "",
            "rram",
            "cells=rram,least=1,most=39.26,activation=0.05,stuck-low=0.0005,stuck-high=0.0005"
                    + ",word=1,bit=1,driver=100,sense=100,adc=8,steps=64,up=2,down=3,jitter=0.01,endurance=1e6",
            "pcm",
            "cells=pcm,least=0,most=25,activation=0.1,stuck-low=0.0005,stuck-high=0.0005"
                    + ",word=1,bit=1,driver=100,sense=100,adc=8,write-seconds=1e-7,steps=20,up=3,down=8,jitter=0.02"
                    + ",endurance=1e8",
            "harsh",
            "least=5,most=50,sigma=0.1,read-sigma=0.01,stuck-low=0.09,stuck-high=0.0175"
                    + ",rows=64,columns=64,word=5,bit=10,driver=1000,sense=1000,adc=6"
                    + ",activation=0.05,steps=32,up=4,down=5,jitter=0.03,endurance=1e4");

    private final Map<String, String> values = new LinkedHashMap<>();

    private CrossbarPresets(String preset) {
        set(IDEAL);
        set(DIFFERENCES.get(preset));
    }

    private void set(String text) {
        for (String part : text.split(",")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                values.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
    }

    /** @return the presets' names */
    public static List<String> names() {
        return List.of("ideal", "rram", "pcm", "harsh");
    }

    /**
     * @param text {@code preset} or {@code preset,key=value,...}, without spaces; {@code size} sets rows and columns
     * @throws IllegalArgumentException with one sentence for people where the text says no crossbar
     */
    public static CrossbarSetup parse(String text) {
        String[] parts = text.split(",", -1);
        if (!DIFFERENCES.containsKey(parts[0])) {
            throw new IllegalArgumentException("crossbar setup: \"" + parts[0] + "\" is no preset; there are "
                    + String.join(", ", names()) + ", then ,key=value as often as needed");
        }
        CrossbarPresets presets = new CrossbarPresets(parts[0]);
        Set<String> said = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            if (!said.add(parts[i].split("=", 2)[0])) {
                throw new IllegalArgumentException(
                        "crossbar setup: \"" + parts[i].split("=", 2)[0] + "\" is said twice; say it once");
            }
            presets.override(parts[i]);
        }
        return presets.setup();
    }

    private void override(String part) {
        int equals = part.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("crossbar setup: \"" + part + "\" is not of the form key=value");
        }
        String key = part.substring(0, equals);
        String value = part.substring(equals + 1);
        if (key.equals("size")) {
            values.put("rows", value);
            values.put("columns", value);
        } else if (values.replace(key, value) == null) {
            throw new IllegalArgumentException("crossbar setup: \"" + key + "\" is no key; keys are "
                    + String.join(", ", values.keySet()) + " and size");
        }
    }

    private CrossbarSetup setup() {
        MemristorModel model = switch (choice("cells", "ideal", "rram", "pcm")) {
            case "rram" -> new WanRram();
            case "pcm" -> new PhaseChange();
            default -> new IdealMemristor();
        };
        WeightMapping.Kind kind = choice("mapping", "pair", "offset").equals("pair")
                ? WeightMapping.Kind.PAIR
                : WeightMapping.Kind.OFFSET;
        return new CrossbarSetup(
                new Memristors(
                        model,
                        number("least"),
                        number("most"),
                        number("programming"),
                        number("sigma"),
                        number("reading"),
                        number("read-sigma"),
                        number("drift"),
                        number("activation"),
                        number("stuck-low"),
                        number("stuck-high"),
                        number("open")),
                new TileSize(
                        whole("rows"),
                        whole("columns"),
                        whole("spares"),
                        whole("tiles"),
                        number("word"),
                        number("bit"),
                        number("driver"),
                        number("sense")),
                new WeightMapping(kind, whole("slices"), number("headroom"), isOn("clip")),
                new Converters(
                        whole("dac"), whole("adc"), number("range"), number("read-volts"), number("read-seconds")),
                new Writing(
                        number("tolerance"),
                        whole("pulses"),
                        isOn("remap"),
                        number("write-volts"),
                        number("write-seconds")),
                new PulseModel(
                        whole("steps"),
                        number("up"),
                        number("down"),
                        number("jitter"),
                        number("endurance"),
                        number("endurance-spread")),
                isOn("gains"),
                number("canary"),
                number("celsius"),
                seed("seed"),
                seed("noise-seed"));
    }

    private String choice(String key, String... choices) {
        String value = values.get(key);
        if (!List.of(choices).contains(value)) {
            throw wrong(key, String.join(" or ", choices));
        }
        return value;
    }

    private boolean isOn(String key) {
        return choice(key, "on", "off").equals("on");
    }

    private double number(String key) {
        try {
            return Double.parseDouble(values.get(key));
        } catch (NumberFormatException e) {
            throw wrong(key, "a number");
        }
    }

    private int whole(String key) {
        try {
            return Integer.parseInt(values.get(key));
        } catch (NumberFormatException e) {
            throw wrong(key, "a whole number");
        }
    }

    private long seed(String key) {
        try {
            return Long.parseLong(values.get(key));
        } catch (NumberFormatException e) {
            throw wrong(key, "a whole number");
        }
    }

    private IllegalArgumentException wrong(String key, String expected) {
        return new IllegalArgumentException(
                "crossbar setup: " + key + " takes " + expected + ": " + key + "=" + values.get(key));
    }
}
