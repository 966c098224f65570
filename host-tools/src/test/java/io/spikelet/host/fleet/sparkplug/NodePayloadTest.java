package io.spikelet.host.fleet.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.MalformedDataException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePayloadTest {

    @Test
    void shouldAnswerHostileBytesWithOneKindOfFailureOrAPayload() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] whole = NodeMessages.birth(1, 2, 3.0, "text");
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                NodePayload.decode(bytes).entries().forEach(entry -> entry.value(0));
            } catch (MalformedDataException expected) {
                refused++;
            }
        }
        assertTrue(refused > 1000, "refused " + refused);
    }

    @Test
    void shouldRefuseAPayloadThatIsTooLarge() {
        assertThrows(MalformedDataException.class, () -> NodePayload.decode(new byte[NodePayload.MAX_BYTES + 1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spBv1.0/g/NCMD/n",
                "spBv1.0/STATE/host",
                "spBv1.0/g/NDATA",
                "spBv1.0/g/NDATA/n/device",
                "spBv1.0/g/DDATA/n",
                "spBv1.0//NDATA/n",
                "spAv1.0/g/NDATA/n",
                "spBv1.0/g/NDATA/n/d/e",
                ""
            })
    void shouldTakeOtherTopicsForNone(String topic) {
        assertTrue(SparkplugTopic.parse(topic).isEmpty());
    }

    @Test
    void shouldSayItsStateAsTheSpecificationWritesIt() {
        assertEquals("{\"online\":true,\"timestamp\":12}", new String(HostMessages.state(true, 12)));
    }
}
