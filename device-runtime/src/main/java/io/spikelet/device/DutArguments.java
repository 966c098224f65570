package io.spikelet.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a board answers the MLPerf Tiny runner, as {@code --dut} says: a mode, perhaps with {@code model=NAME}. */
record DutArguments(Mode mode, String model) {
    /** What the runner's timestamps are. */
    enum Mode {
        OFF,
        PERFORMANCE,
        ENERGY;

        /** By its word, such as {@code energy}. */
        static Optional<Mode> named(String word) {
            return Arrays.stream(values())
                    .filter(mode -> mode.word().equals(word))
                    .findFirst();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String OPTION = "--dut";
    static final DutArguments USUAL = new DutArguments(Mode.PERFORMANCE, "snn01");

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    static DutArguments of(CommandLine line) throws BadUseException {
        Optional<String> words = line.value(OPTION);
        if (words.isEmpty()) {
            return USUAL;
        }
        DutArguments said = parse(words.get());
        if (said.mode == Mode.ENERGY
                && line.value(HardwareArguments.MEASURE_PIN).isEmpty()) {
            throw new BadUseException(OPTION + " energy marks its windows on a pin; name it with "
                    + HardwareArguments.MEASURE_PIN + " gpio:N, or sim:PATH for a simulated meter");
        }
        return said;
    }

    private static DutArguments parse(String words) throws BadUseException {
        HardwareWords parsed = HardwareWords.parse(OPTION, words, Set.of("model"));
        Mode mode = Mode.named(parsed.kind())
                .orElseThrow(() ->
                        new BadUseException(OPTION + " is performance, energy or off, not \"" + parsed.kind() + "\""));
        String model = parsed.value("model", USUAL.model());
        if (!MODEL.matcher(model).matches()) {
            throw new BadUseException(
                    OPTION + ": model is 1 to 32 letters, digits, dots, underscores, hyphens, not \"" + model + "\"");
        }
        return new DutArguments(mode, model);
    }
}
