package io.spikelet.host.cli;

import io.spikelet.model.Encoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How {@code --window} writes the cut of recordings into frames: {@code whole}, {@code 20000us}, {@code 500ev}. */
final class EventWindowText {
    static final String WHOLE = "whole";

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,8})(us|ev)");

    private EventWindowText() {}

    /** @throws IllegalArgumentException when a text is none of the three */
    static Encoder.EventFrames parse(String text) {
        if (text.equals(WHOLE)) {
            return new Encoder.EventFrames(Encoder.Window.TIME, 0);
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "--window is 'whole', microseconds such as 20000us, or events such as 500ev, not '" + text + "'");
        }
        return new Encoder.EventFrames(
                size.group(2).equals("us") ? Encoder.Window.TIME : Encoder.Window.COUNT,
                Integer.parseInt(size.group(1)));
    }
}
