package io.spikelet.hal.instrument;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests to an Otii's application and its responses, a JSON object a line, matched by {@code trans_id}. */
final class OtiiDialogue {
    private static final int ANSWER_MILLIS = 15_000;
    private static final String END = "\r\n";
    private static final String TYPE = "type";
    private static final String TRANSACTION = "trans_id";

    private final InstrumentLine line;
    private int transaction;

    OtiiDialogue(InstrumentLine line) {
        this.line = line;
    }

    /**
     * @return the response's {@code data}, empty when it has none
     * @throws IOException when none comes, or an error
     */
    Map<String, Object> ask(String command, Map<String, Object> data) throws IOException {
        String id = "" + ++transaction;
        Map<String, Object> request = new LinkedHashMap<>();
        request.put(TYPE, "request");
        request.put("cmd", command);
        request.put("data", data);
        request.put(TRANSACTION, id);
        line.send(JsonText.text(request) + END);
        long deadline = InstrumentLine.deadline(ANSWER_MILLIS);
        while (true) {
            String text = line.line(InstrumentLine.left(deadline));
            if (text == null) {
                throw new IOException("Otii at " + line.name() + " does not answer " + command
                        + " within 15 s; look at its application");
            }
            Map<String, Object> message = message(text, command);
            boolean ours = id.equals(message.get(TRANSACTION));
            if (ours && "response".equals(message.get(TYPE))) {
                return message.get("data") instanceof Map<?, ?> map ? object(map) : Map.of();
            }
            if ("error".equals(message.get(TYPE)) && (ours || message.get(TRANSACTION) == null)) {
                throw refused(command, message);
            }
            // Progress and greetings belong to nothing; an answer to what was given up is too late.
        }
    }

    private Map<String, Object> message(String text, String command) throws IOException {
        try {
            return JsonText.object(text);
        } catch (IOException noJson) {
            throw new IOException(
                    "what is at " + line.name() + " answers " + command
                            + " with no JSON object; check that Otii's server listens there, and on which port",
                    noJson);
        }
    }

    private IOException refused(String command, Map<String, Object> message) {
        Object payload = message.get("payload") instanceof Map<?, ?> map ? map : message.get("data");
        Object words = payload instanceof Map<?, ?> map && map.get("message") != null ? map.get("message") : "";
        return new IOException("Otii at " + line.name() + " refuses " + command + ": " + message.get("errorcode") + " "
                + words + "; look at its application, where a licence for automation may be needed");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<?, ?> map) {
        return (Map<String, Object>) map; // JsonText makes no others
    }

    double number(Map<String, Object> data, String name, String command) throws IOException {
        if (data.get(name) instanceof Double value) {
            return value;
        }
        throw lacks(name, command);
    }

    List<?> list(Map<String, Object> data, String name, String command) throws IOException {
        if (data.get(name) instanceof List<?> list) {
            return list;
        }
        throw lacks(name, command);
    }

    private IOException lacks(String name, String command) {
        return new IOException("Otii at " + line.name() + " answers " + command + " without " + name
                + "; its application is of a version that this program does not know");
    }
}
