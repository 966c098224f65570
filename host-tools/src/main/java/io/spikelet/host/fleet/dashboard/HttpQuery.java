package io.spikelet.host.fleet.dashboard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The part of an address behind the question mark. */
final class HttpQuery {
    private static final int MOST_PARAMETERS = 20;

    private HttpQuery() {}

    /** @param raw as in the request; null when there is none */
    static Map<String, String> parse(String raw) {
        Map<String, String> parameters = new HashMap<>();
        if (raw == null) {
            return parameters;
        }
        for (String pair : raw.split("&", MOST_PARAMETERS)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static int number(Map<String, String> parameters, String name, int absent, int most) {
        return (int) longNumber(parameters, name, absent, most);
    }

    static long longNumber(Map<String, String> parameters, String name, long absent, long most) {
        String text = parameters.get(name);
        if (text == null || text.isEmpty()) {
            return absent;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(name + " is a whole number: '" + text + "'");
        }
        return Math.min(Long.parseLong(text), most);
    }
}
