package io.spikelet.host.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with places in double braces, and what goes there. */
public final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private ReportPage() {}

    /**
     * Fills every place once; what is filled in is not searched again, so data cannot name a place.
     *
     * @throws IllegalArgumentException when a place has no part, or a part no place
     */
    public static String fill(String page, Map<String, String> parts) {
        Set<String> unused = new HashSet<>(parts.keySet());
        Matcher places = PLACE.matcher(page);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            String part = parts.get(places.group(1));
            if (part == null) {
                throw new IllegalArgumentException("nothing fills a place of the page: place=" + places.group(1));
            }
            unused.remove(places.group(1));
            places.appendReplacement(filled, Matcher.quoteReplacement(part));
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("the page has no place for: parts=" + unused);
        }
        return places.appendTail(filled).toString();
    }

    /** The style of every report. */
    public static String style() throws IOException {
        return resource(ReportPage.class, "report.css");
    }

    /** What draws the charts of a page whose data stand in an element with the id {@code data}. */
    public static String script() throws IOException {
        return resource(ReportPage.class, "report.js");
    }

    /** A text file beside a class. */
    public static String resource(Class<?> beside, String name) throws IOException {
        return read(beside.getResourceAsStream(name), name);
    }

    static String read(InputStream resource, String name) throws IOException {
        if (resource == null) {
            throw new IOException(name + " is not on the class path; build Spikelet again");
        }
        try (resource) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
