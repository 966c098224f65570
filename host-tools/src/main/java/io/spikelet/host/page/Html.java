package io.spikelet.host.page;

import java.util.List;
import java.util.stream.Collectors;

/** Text and tables as HTML. */
public final class Html {
    private Html() {}

    /** Text for an element or a quoted attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A table of texts, escaped here; the first cell of each row is its heading. */
    public static String table(String caption, List<String> headings, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(escape(caption))
                .append("\"><table><caption>")
                .append(escape(caption))
                .append("</caption><thead><tr>");
        headings.forEach(heading ->
                html.append("<th scope=\"col\">").append(escape(heading)).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">")
                    .append(escape(row.getFirst()))
                    .append("</th>")
                    .append(row.stream()
                            .skip(1)
                            .map(cell -> "<td>" + escape(cell) + "</td>")
                            .collect(Collectors.joining()))
                    .append("</tr>\n");
        }
        return html.append("</tbody></table></div>").toString();
    }
}
