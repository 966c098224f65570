package io.spikelet.bench.demo;

import io.spikelet.host.page.Html;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Scans before and after the shift, drawn in SVG, each with what the board made of it. */
final class DigitPictures {
    private final JourneyResult.Pictures pictures;
    private final int shown;

    private DigitPictures(JourneyResult.Pictures pictures, int shown) {
        this.pictures = pictures;
        this.shown = shown;
    }

    static String of(JourneyResult result) {
        int[] before = result.before().answers().classes();
        int[] shifted = result.shifted().answers().classes();
        int[] learned = result.learned().after().answers().classes();
        DigitPictures row =
                new DigitPictures(result.pictures(), Math.min(result.pictures().count(), before.length));
        StringBuilder html = new StringBuilder("<ul class=\"digits\">\n");
        for (int i = 0; i < row.shown; i++) {
            html.append("<li>")
                    .append(row.picture(result.pictures().original(), i, "scan " + (i + 1) + " before the shift"))
                    .append(answer("before", before[i], before[i]))
                    .append(row.picture(result.pictures().changed(), i, "scan " + (i + 1) + " after the shift"))
                    .append(answer("shifted", shifted[i], before[i]))
                    .append(answer("learned", learned[i], before[i]))
                    .append("</li>\n");
        }
        return html.append("</ul>").toString();
    }

    private static String answer(String when, int predicted, int before) {
        String other = predicted == before ? "" : " class=\"other\" title=\"not the answer before the shift\"";
        return "<span><small>" + when + "</small> <b" + other + ">" + predicted + "</b></span>";
    }

    /** One path for each grey level, a square for each of its pixels. */
    private String picture(byte[] images, int index, String title) {
        Map<Integer, StringBuilder> squares = new TreeMap<>();
        int offset = index * images.length / pictures.count();
        for (int y = 0; y < pictures.height(); y++) {
            for (int x = 0; x < pictures.width(); x++) {
                int level = images[offset + y * pictures.width() + x] & 0xff;
                if (level > 0) {
                    squares.computeIfAbsent(level, key -> new StringBuilder())
                            .append(String.format(Locale.ROOT, "M%d %dh1v1h-1z", x, y));
                }
            }
        }
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"%s\">",
                pictures.width(),
                pictures.height(),
                Html.escape(title)));
        for (Map.Entry<Integer, StringBuilder> path : squares.entrySet()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path fill-opacity=\"%.2f\" d=\"%s\"/>",
                    (double) path.getKey() / pictures.fullScale(),
                    path.getValue()));
        }
        return svg.append("</svg>").toString();
    }
}
