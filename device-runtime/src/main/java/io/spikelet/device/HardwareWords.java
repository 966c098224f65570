package io.spikelet.device;

import io.spikelet.hal.board.I2cAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One piece of hardware in words: a kind, then {@code name=number} pairs, such as {@code ina226,bus=1,address=0x40}. */
final class HardwareWords {
    private static final String USUAL_BUS = "1";

    private final String option;
    private final String kind;
    private final Map<String, String> values = new HashMap<>();

    private HardwareWords(String option, String kind) {
        this.option = option;
        this.kind = kind;
    }

    /** @param known the names that may be given */
    static HardwareWords parse(String option, String text, Set<String> known) throws BadUseException {
        List<String> words = List.of(text.split(",", -1));
        HardwareWords parsed = new HardwareWords(option, words.getFirst());
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 || !known.contains(name)) {
                throw new BadUseException(option + " does not know \"" + word + "\"; see --help");
            }
            parsed.values.put(name, word.substring(equals + 1));
        }
        return parsed;
    }

    String kind() {
        return kind;
    }

    String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A decimal number, or a hexadecimal one after {@code 0x}. */
    int number(String name, String otherwise) throws BadUseException {
        try {
            return Integer.decode(value(name, otherwise));
        } catch (NumberFormatException e) {
            throw new BadUseException(option + ": " + name + " is a number, not \"" + value(name, otherwise) + "\"");
        }
    }

    I2cAddress address() throws BadUseException {
        if (!values.containsKey("address")) {
            throw new BadUseException(option + " " + kind + " needs the chip's address: most meters sit at address=0x40, an LM75 at address=0x48");
        }
        try {
            return new I2cAddress(number("bus", USUAL_BUS), number("address", ""));
        } catch (IllegalArgumentException e) {
            throw new BadUseException(option + ": " + e.getMessage());
        }
    }
}
