package io.spikelet.hal.linux;

import io.spikelet.hal.board.PowerMeter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Raspberry Pi 5's power chip, by {@code vcgencmd pmic_read_adc}: the sum of volts times amperes over its rails. That
 * is what the rails give, not what the board takes at its input: the converters' own losses, the USB ports and all that hangs on 5 V are
 * not in it.
 */
public final class PmicPower implements PowerMeter {
    private static final String WORD = "pmic_read_adc";
    private static final Pattern LINE = Pattern.compile(
            "\\s*(?<rail>\\w+)_(?<kind>[AV])\\s+(current|volt)\\(\\d+\\)=(?<value>[-+.\\w]+?)(?<unit>[AV])\\s*");
    private static final double MICRO_IN_ONE = 1e6;

    private final FirmwareCommand command;
    private final double factor;
    private final double constantWatts;
    private int rails;

    /** The rails as they are. */
    public PmicPower(FirmwareCommand command) {
        this(command, 1, 0);
    }

    /**
     * The whole board's power, guessed from that of its rails by a line that somebody fitted on a board of his own; {@link
     * #source} names it.
     *
     * @param factor above 0; fits that are seen have 1.1451 and 1.1327
     * @param constantWatts what is added; 0.5879 and 0.6444 go with them
     */
    public PmicPower(FirmwareCommand command, double factor, double constantWatts) {
        if (!(factor > 0) || !Double.isFinite(constantWatts)) {
            throw new IllegalArgumentException("a fit has a factor above 0 and a constant: " + factor + ", " + constantWatts);
        }
        this.command = command;
        this.factor = factor;
        this.constantWatts = constantWatts;
    }

    @Override
    public long microwatts() throws IOException {
        return sum(command.ask(WORD));
    }

    /**
     * Adds up the rails of an answer; those with a voltage alone, such as {@code EXT5V}, carry no power here.
     *
     * @throws IOException when no rail has both, or a reading is {@code nan}
     */
    long sum(String answer) throws IOException {
        Map<String, Double> amperes = new HashMap<>();
        Map<String, Double> volts = new HashMap<>();
        for (String line : answer.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group("kind").equals(matcher.group("unit"))) {
                (matcher.group("unit").equals("A") ? amperes : volts)
                        .put(matcher.group("rail"), number(matcher.group("value"), line));
            }
        }
        amperes.keySet().retainAll(volts.keySet());
        if (amperes.isEmpty()) {
            throw new IOException(
                    "vcgencmd " + WORD + " shows no rail with both volts and amperes; only a Raspberry Pi 5" + " does");
        }
        rails = amperes.size();
        double watts = 0;
        for (Map.Entry<String, Double> rail : amperes.entrySet()) {
            watts += rail.getValue() * volts.get(rail.getKey());
        }
        return Math.round((watts * factor + constantWatts) * MICRO_IN_ONE);
    }

    private static double number(String text, String line) throws IOException {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("vcgencmd " + WORD + " gives no number in \"" + line.strip() + "\"", e);
        }
        throw new IOException("vcgencmd " + WORD + " gives no number in \"" + line.strip() + "\"");
    }

    @Override
    public String source() {
        String chip = "Raspberry Pi 5 power chip, " + (rails == 0 ? "its" : rails) + " rails";
        return factor == 1 && constantWatts == 0
                ? chip + " and not the input"
                : chip + " times " + factor + " plus " + constantWatts + " W, a fit of the input and no measurement of it";
    }
}
