package io.spikelet.hal.instrument;

import java.io.IOException;

/** Questions, answers and the queue of errors of an instrument that speaks SCPI. */
final class ScpiDialogue {
    private static final int ANSWER_MILLIS = 5000;
    private static final int MOST_ERRORS = 20;
    private static final String NAME = "*IDN?";
    private static final String ERROR = ":SYST:ERR?";
    private static final int NAME_PARTS = 4;

    private final InstrumentLine line;

    ScpiDialogue(InstrumentLine line) {
        this.line = line;
    }

    void tell(String command) throws IOException {
        line.send(command + "\n");
    }

    String ask(String question) throws IOException {
        tell(question);
        String answer = line.line(ANSWER_MILLIS);
        if (answer == null) {
            throw new IOException("the instrument at " + line.name() + " does not answer \"" + question
                    + "\" within 5 s; check that it speaks SCPI there, and that no other program does");
        }
        return answer.strip();
    }

    /** Maker and model. */
    String name() throws IOException {
        String answer = ask(NAME);
        String[] parts = answer.split(",");
        if (parts.length < NAME_PARTS) {
            throw new IOException("the instrument at " + line.name() + " answers " + NAME + " with \"" + shown(answer)
                    + "\", which names no maker, model, serial number and firmware; check that it speaks SCPI");
        }
        return parts[0].strip() + " " + parts[1].strip();
    }

    long whole(String question) throws IOException {
        String answer = ask(question);
        try {
            return Math.round(Double.parseDouble(answer));
        } catch (NumberFormatException notOne) {
            throw noNumber(question, answer);
        }
    }

    IOException noNumber(String question, String answer) throws IOException {
        return new IOException("the instrument at " + line.name() + " answers \"" + question + "\" with \""
                + shown(answer) + "\", which is no number" + queue());
    }

    /** Reads the queue empty. @throws IOException when there was an error in it, with all of them */
    void check(String after) throws IOException {
        String queue = queue();
        if (!queue.isEmpty()) {
            throw new IOException("the instrument at " + line.name() + " could not be " + after + queue
                    + "; check model and settings");
        }
    }

    private String queue() throws IOException {
        StringBuilder errors = new StringBuilder();
        for (int at = 0; at < MOST_ERRORS; at++) {
            String error = ask(ERROR);
            if (error.startsWith("0,") || error.startsWith("+0,")) {
                break;
            }
            errors.append(errors.isEmpty() ? ": " : "; ").append(shown(error));
        }
        return errors.toString();
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() > 120 ? printable.substring(0, 120) + "…" : printable;
    }
}
