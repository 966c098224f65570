package io.spikelet.hal.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the small files that src/test/golden/make_golden_events.py wrote after iniVation's descriptions. */
class GoldenBytesTest {
    private static final Path FILE = Path.of("src/test/golden/golden_bytes.csv");

    /** The cell beside a name. */
    static String cell(String name) throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        return lines.stream()
                .filter(line -> line.startsWith(name + ","))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    /** The events that all of them hold, as {@link Recordings#text} writes them. */
    static String events() throws IOException {
        return cell("events").replace(' ', '\n') + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"aedat2", "aedat3"})
    void shouldReadWhatAnotherMakerWrote(String file) throws IOException {
        try (EventSource source = Recordings.open(HexFormat.of().parseHex(cell(file)))) {
            assertEquals(128, source.width());
            assertEquals(128, source.height());
            assertEquals(events(), Recordings.text(Recordings.readAll(source)));
        }
    }
}
