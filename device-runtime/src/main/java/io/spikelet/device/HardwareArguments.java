package io.spikelet.device;

import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Thermometer;
import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.Lm75;
import io.spikelet.hal.board.OutputPin;
import io.spikelet.hal.board.Watchdog;
import io.spikelet.hal.linux.BoardModel;
import io.spikelet.hal.linux.LedFile;
import io.spikelet.hal.linux.LinuxEnergy;
import io.spikelet.hal.linux.LinuxHardware;
import io.spikelet.hal.linux.NotifySocket;
import io.spikelet.hal.linux.ThermalZone;
import io.spikelet.hal.linux.WatchdogNode;
import io.spikelet.hal.pi4j.PiHardware;
import io.spikelet.hal.sim.EdgeWire;
import io.spikelet.hal.sim.SimHardware;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hardware that a command line asks for. What it asks for and is not there is a failure, never made up. */
final class HardwareArguments implements Closeable {
    static final String MEASURE_PIN = "--measure-pin";

    static final Set<String> OPTIONS =
            Set.of("--board", "--led", MEASURE_PIN, "--watchdog", "--meter", "--thermometer");

    private static final String GPIO = "gpio:";
    private static final String SIMULATED = "sim:";
    private static final String LM75 = "lm75";

    private final CommandLine line;
    private final Path root;
    private final Path sys;
    private final Clock clock;
    private final Deque<Closeable> open = new ArrayDeque<>();
    private BoardHardware hardware;

    /** @param root {@code /} on a board */
    HardwareArguments(CommandLine line, Path root, Clock clock) {
        this.line = line;
        this.root = root;
        this.sys = root.resolve("sys");
        this.clock = clock;
    }

    /**
     * The status LED, the measurement pin and the watchdogs; last, for a watchdog runs from here on.
     *
     * @param manager the service manager, where it watches this process
     */
    Equipment equipment(Optional<NotifySocket> manager) throws BadUseException, IOException {
        if (line.value("--board").isPresent()) {
            hardware(); // what is asked for and is not there ends the start
        } else if (hardware == null) {
            logger().info("{}", lack());
        }
        Optional<String> led = line.value("--led");
        Optional<String> pin = line.value(MEASURE_PIN);
        List<Watchdog> watchdogs = new ArrayList<>();
        manager.filter(NotifySocket::isWatchdog).ifPresent(watchdogs::add);
        Optional<String> node = line.value("--watchdog");
        if (node.isPresent()) {
            Path absolute = Path.of(node.get()).toAbsolutePath();
            watchdogs.add(WatchdogNode.open(sys, root.resolve(Path.of("/").relativize(absolute))));
        }
        return new Equipment(
                new StatusLight(led.isPresent() ? led(led.get()) : null),
                pin.isPresent() ? new MeasurementPin(measurementPin(pin.get())) : MeasurementPin.NONE,
                new LoopWatchdog(watchdogs),
                this);
    }

    private OutputPin measurementPin(String word) throws BadUseException, IOException {
        return word.startsWith(SIMULATED)
                ? EdgeWire.open(Path.of(word.substring(SIMULATED.length())))
                : output(MEASURE_PIN, word);
    }

    private OutputPin led(String word) throws BadUseException, IOException {
        return word.startsWith(GPIO) ? output("--led", word) : LedFile.open(sys, word);
    }

    private OutputPin output(String option, String word) throws BadUseException, IOException {
        String number = word.startsWith(GPIO) ? word.substring(GPIO.length()) : word;
        try {
            return hardware().output(Integer.parseInt(number));
        } catch (NumberFormatException e) {
            throw new BadUseException(option + " takes the number of a line, such as gpio:17, not \"" + word + "\"");
        }
    }

    /** What {@code --thermometer} names, else the processor's own. */
    Thermometer thermometer() throws BadUseException, IOException {
        Optional<String> words = line.value("--thermometer");
        if (words.isEmpty()) {
            return ThermalZone.find(sys);
        }
        HardwareWords chip = HardwareWords.parse("--thermometer", words.get(), Set.of("bus", "address"));
        if (!chip.kind().equals(LM75)) {
            throw new BadUseException("--thermometer knows lm75 and its kin, not \"" + chip.kind() + "\"");
        }
        return Lm75.open(hardware().i2c(chip.address()));
    }

    /** What {@code --meter} names, else a chip or a processor that counts energy itself. */
    EnergyMeter energy() throws BadUseException, IOException {
        Optional<String> words = line.value("--meter");
        if (words.isEmpty() || words.get().equals("auto")) {
            return LinuxEnergy.find(sys);
        }
        var meter = new MeterArgument(words.get(), sys, clock).start(this::hardware);
        open.push(meter);
        return meter;
    }

    /** Opened when first asked for, so that a board that asks for nothing needs nothing. */
    private BoardHardware hardware() throws BadUseException, IOException {
        if (hardware == null) {
            hardware = choose();
            open.addLast(hardware);
            logger().info("pins and buses: {}", hardware.name());
        }
        return hardware;
    }

    private BoardHardware choose() throws BadUseException, IOException {
        BoardModel model = BoardModel.read(root);
        return switch (line.value("--board").orElse("auto")) {
            case "auto" -> model.isRaspberryPi() ? piOrLinux(model) : linux(model);
            case "pi" -> PiHardware.open(model.name());
            case "linux" -> linux(model);
            case "simulated" -> new SimHardware();
            default ->
                throw new BadUseException("--board is auto, pi, linux or simulated, not \""
                        + line.value("--board").get() + "\"");
        };
    }

    private static BoardHardware linux(BoardModel model) {
        return new LinuxHardware(model, noPins(model));
    }

    /** A bus needs no Pi4J, so a Raspberry Pi without it still has its buses. */
    private static BoardHardware piOrLinux(BoardModel model) throws IOException {
        return PiHardware.missingJars().isEmpty() ? PiHardware.open(model.name()) : linux(model);
    }

    /** Why a board has no pins, as the end of a sentence. */
    private static String noPins(BoardModel model) {
        return model.isRaspberryPi()
                ? "pins need Pi4J, and " + String.join(", ", PiHardware.missingJars()) + " cannot be found"
                : "only a Raspberry Pi's pins have a driver here, and this is " + model.name()
                        + "; --board simulated has some to play with";
    }

    /** What a start without pins and buses says of them, so that nobody wonders later. */
    private String lack() {
        BoardModel model = BoardModel.read(root);
        return model.isRaspberryPi() && PiHardware.missingJars().isEmpty()
                ? model.name() + ": Pi4J is there, and nothing asks for a pin"
                : "no pins: " + noPins(model);
    }

    private static Logger logger() {
        return LoggerFactory.getLogger(HardwareArguments.class);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new HardwareUnavailableException(
                    "the board's hardware was not let go: " + failure.getMessage(), failure);
        }
    }
}
