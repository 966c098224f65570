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
    private static final double MICRO = 1e6;

    private final FirmwareCommand command;
    private int rails;

    public PmicPower(FirmwareCommand command) {
        this.command = command;
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
        return Math.round(watts * MICRO);
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
        return "Raspberry Pi 5 power chip, " + (rails == 0 ? "its" : rails) + " rails and not the input";
    }
}
