package io.spikelet.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartPlanTest {
    private static String launcher() throws IOException {
        return Files.readString(Path.of("..", "spikelet-device"));
    }

    /** The flags of the lines that set them, in their order. */
    private static String flags(String lines) {
        return lines.replaceAll("(?s).*?flags=\"(?:\\$flags )?([^\"]*)\"", "$1 ");
    }

    @Test
    void shouldMeasureTheFlagsThatABoardIsStartedWith() throws IOException {
        String text = launcher();
        String common = text.substring(text.indexOf("flags=\""), text.indexOf("case ${SPIKELET_START"));
        assertEquals(String.join(" ", StartPlan.BOARD), flags(common).strip());
    }

    @Test
    void shouldMeasureBothWaysToStartABoard() throws IOException {
        assertTrue(launcher().contains("quick) flags=\"$flags " + joined(StartPlan.QUICK) + "\" ;;"));
        assertTrue(launcher().contains("full) flags=\"$flags " + joined(StartPlan.FULL) + "\" ;;"));
    }

    private static String joined(List<String> flags) {
        return String.join(" ", flags);
    }
}
