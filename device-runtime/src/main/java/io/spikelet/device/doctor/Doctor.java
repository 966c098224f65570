package io.spikelet.device.doctor;

import io.spikelet.hal.linux.FirmwareCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything a board may have, changing nothing. */
public final class Doctor {
    /** Every topic, in the order of the findings. */
    public static final List<String> TOPICS = List.of(
            "board",
            "kernel",
            "java",
            "heap",
            "disk",
            "pi4j",
            "gpio",
            "i2c",
            "spi",
            "serial",
            "hwmon",
            "rapl",
            "thermal",
            "throttling",
            "leds",
            "watchdog");

    private final Path root;
    private final Path data;
    private final boolean probe;
    private final FirmwareCommand firmware;

    /**
     * @param root {@code /} on a board
     * @param data where the board's folder lies or will lie
     * @param probe whether to read from I²C addresses 0x40 to 0x4f, which no chip known to us minds
     */
    public Doctor(Path root, Path data, boolean probe, FirmwareCommand firmware) {
        this.root = root;
        this.data = data;
        this.probe = probe;
        this.firmware = firmware;
    }

    /** One finding a topic. */
    public List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>(new MachineFindings(root, data).find());
        findings.addAll(new BusFindings(root, probe).find());
        findings.addAll(new SensorFindings(root, firmware).find());
        return findings;
    }
}
