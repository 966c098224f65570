package io.spikelet.host.page;

import java.io.IOException;

/** Chart.js with its licence, fit to stand inside a script element. */
public final class ChartLibrary {
    private static final String FOLDER = "META-INF/resources/webjars/chart.js/4.4.1/";
    private static final String SOURCE_MAP = "(?m)^//# sourceMappingURL=.*$";

    private ChartLibrary() {}

    public static String script() throws IOException {
        String licence = resource("LICENSE.md").replace("*/", "* /");
        // A browser's tools would ask for the source map, which no report brings along.
        String code = resource("dist/chart.umd.js").replaceAll(SOURCE_MAP, "");
        return insideScript("/*\n" + licence.strip() + "\n*/\n" + code.strip());
    }

    /** Within a string or a pattern, the only places where these can stand, a backslash changes nothing. */
    private static String insideScript(String code) {
        return code.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    }

    private static String resource(String name) throws IOException {
        return ReportPage.read(ChartLibrary.class.getClassLoader().getResourceAsStream(FOLDER + name), FOLDER + name);
    }
}
