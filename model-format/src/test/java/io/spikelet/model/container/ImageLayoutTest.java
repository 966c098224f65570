package io.spikelet.model.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds both drawings of the bytes, in Javadoc and in docs, to the constants. */
class ImageLayoutTest {
    private static final Pattern HEADER_ROW = Pattern.compile("^[ *]*(\\d+) +(\\d+)  ([A-Z_]+) +\\S.*");
    private static final Pattern TLV_ROW = Pattern.compile("^[ *]*H\\+N\\+(\\d+) +(\\d+)  .*");
    private static final Pattern TLV_HEADER =
            Pattern.compile("^[ *]*H\\+N\\+\\d+ +4  TLV header +0x(\\w\\w) ([A-Z0-9]+), 0, u16 length (\\d+)");

    static Stream<Path> drawings() {
        return Stream.of(
                Path.of("src/main/java/io/spikelet/model/container/ModelImage.java"),
                Path.of("../docs/image-format.md"));
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void shouldDrawTheHeaderAsItIs(Path drawing) throws Exception {
        int next = 0;
        for (String line : Files.readAllLines(drawing)) {
            Matcher row = HEADER_ROW.matcher(line);
            if (row.matches()) {
                int offset = Integer.parseInt(row.group(1));
                assertEquals(next, offset, line);
                assertEquals(constant(row.group(3) + "_OFFSET"), offset, line);
                next = offset + Integer.parseInt(row.group(2));
            }
        }
        assertEquals(ImageLayout.HEADER_SIZE, next);
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void shouldDrawTheTlvsAsTheyAre(Path drawing) throws Exception {
        int next = 0;
        List<String> types = new ArrayList<>();
        for (String line : Files.readAllLines(drawing)) {
            Matcher row = TLV_ROW.matcher(line);
            if (row.matches()) {
                assertEquals(next, Integer.parseInt(row.group(1)), line);
                next += Integer.parseInt(row.group(2));
            }
            Matcher header = TLV_HEADER.matcher(line);
            if (header.matches()) {
                types.add(header.group(2) + " " + header.group(3));
                assertEquals(constant("TLV_" + header.group(2)), Integer.parseInt(header.group(1), 16), line);
            }
        }
        assertEquals(ImageLayout.SIGNED_TLV_SIZE, next);
        assertEquals(List.of("SHA256 32", "KEYHASH 32", "ED25519 64"), types);
        String text = Files.readString(drawing);
        assertTrue(
                text.contains(ImageLayout.UNSIGNED_TLV_SIZE + " unsigned, " + ImageLayout.SIGNED_TLV_SIZE + " signed"));
        assertTrue(text.contains("0x" + Integer.toHexString(ImageLayout.MAGIC)));
        assertTrue(text.contains("0x" + Integer.toHexString(ImageLayout.TLV_INFO_MAGIC)));
    }

    private static int constant(String name) throws ReflectiveOperationException {
        return ImageLayout.class.getDeclaredField(name).getInt(null);
    }
}
