package io.spikelet.model.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void shouldReadBackItsText() {
        for (Version version :
                List.of(new Version(1, 2, 3, 4), new Version(0, 0, 0, 0), new Version(255, 255, 65535, 4294967295L))) {
            assertEquals(version, Version.parse(version.toString()));
        }
        assertEquals("1.2.3+4", new Version(1, 2, 3, 4).toString());
    }

    @Test
    void shouldTakeWhatIsLeftOutAsZero() {
        assertEquals(new Version(7, 0, 0, 0), Version.parse("7"));
        assertEquals(new Version(7, 8, 0, 0), Version.parse("7.8"));
        assertEquals(new Version(7, 8, 9, 0), Version.parse("7.8.9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.",
                "01.0",
                "1.2+3",
                "1.2.3.4",
                "-1.0.0",
                "256.0.0",
                "0.256.0",
                "0.0.65536",
                "9999999999",
                "0.0.0+4294967296",
                "1.2.3+99999999999",
                " 1.2.3",
                "1.2.3\n"
            })
    void shouldRefuseWhatIsNoVersion(String text) {
        assertThrows(IllegalArgumentException.class, () -> Version.parse(text));
    }

    @Test
    void shouldCompareFromMajorToBuild() {
        List<Version> sorted = Stream.of("0.0.0+1", "0.0.1", "0.1.0", "1.0.0", "1.0.0+4294967295", "1.0.1", "2.0.0")
                .map(Version::parse)
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertTrue(sorted.get(i - 1).compareTo(sorted.get(i)) < 0);
        }
    }
}
