package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.spikelet.hal.sim.SimStore;
import io.spikelet.model.container.ImageKey;
import io.spikelet.slots.SignedImageVerifier;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a published client sent to a board, sent again: the answers that it understood must stay the same, every byte. */
class RecordedClientTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void shouldAnswerSmpclientAsWhenItWasRecorded() throws Exception {
        List<String> lines = lines("/golden/smpclient.txt");
        String key = lines.stream()
                .filter(line -> line.startsWith("key "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        ImageKey.Public trusted = ImageKey.Public.ofPem(
                "smpclient.txt", "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
        int asked = 0;
        String part = "";
        try (WholeBoard board =
                WholeBoard.startTrusting(new SimStore(), new SignedImageVerifier(List.of(trusted), false))) {
            byte[] answer = null;
            for (String line : lines) {
                if (line.startsWith("> ")) {
                    answer = board.ask(HEX.parseHex(line, 2, line.length()));
                    asked++;
                } else if (line.startsWith("< ")) {
                    assertNotNull(answer, "a request comes first");
                    assertEquals(line.substring(2), HEX.formatHex(answer), part + ", request " + asked);
                } else if (line.startsWith("# ")) {
                    part = line;
                }
            }
        }
        assertEquals(19, asked, "every request of the recording was sent");
    }

    private static List<String> lines(String resource) throws Exception {
        try (InputStream in = RecordedClientTest.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
