package io.spikelet.device;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a board answers the MLPerf Tiny runner, as {@code --dut} says: a mode, perhaps with {@code model=NAME}. */
record DutArguments(Mode mode, String model) {
    /** What the runner's timestamps are. */
    enum Mode {
        OFF,
        PERFORMANCE,
        ENERGY
    }

    static final String OPTION = "--dut";
    static final DutArguments USUAL = new DutArguments(Mode.PERFORMANCE, "snn01");

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    static DutArguments parse(Optional<String> words) throws BadUseException {
        if (words.isEmpty()) {
            return USUAL;
        }
        HardwareWords parsed = HardwareWords.parse(OPTION, words.get(), Set.of("model"));
        Mode mode = switch (parsed.kind()) {
            case "off" -> Mode.OFF;
            case "performance" -> Mode.PERFORMANCE;
            case "energy" -> Mode.ENERGY;
            default ->
                throw new BadUseException(
                        OPTION + " is performance, energy or off, not \"" + parsed.kind() + "\"");
        };
        String model = parsed.value("model", USUAL.model());
        if (!MODEL.matcher(model).matches()) {
            throw new BadUseException(OPTION + ": model is 1 to 32 letters, digits, dots, underscores, hyphens, not \""
                    + model + "\"");
        }
        return new DutArguments(mode, model);
    }

    /** Whether the measurement pin marks the runner's timestamps, not each inference. */
    boolean takesPin() {
        return mode == Mode.ENERGY;
    }
}
