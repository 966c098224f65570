package io.spikelet.device;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a command line: {@code --option value}, {@code --option=value}, {@code --flag}. */
final class CommandLine {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    private CommandLine() {}

    /**
     * @param options those that take a value
     * @param flags those that take none
     */
    static CommandLine parse(List<String> words, Set<String> options, Set<String> flags) throws BadUseException {
        var line = new CommandLine();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (flags.contains(name) && equals < 0) {
                line.given.add(name);
            } else if (options.contains(name)) {
                if (equals < 0 && i + 1 == words.size()) {
                    throw new BadUseException(name + " needs a value; see --help");
                }
                if (line.values.put(name, equals < 0 ? words.get(++i) : word.substring(equals + 1)) != null) {
                    throw new BadUseException(name + " was given twice");
                }
            } else {
                throw new BadUseException("unknown argument " + word + "; see --help");
            }
        }
        return line;
    }

    boolean has(String flag) {
        return given.contains(flag);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    String required(String option) throws BadUseException {
        return value(option).orElseThrow(() -> new BadUseException(option + " is missing; see --help"));
    }
}
