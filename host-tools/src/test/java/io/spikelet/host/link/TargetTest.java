package io.spikelet.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void shouldReadEveryKindOfTarget() {
        assertEquals(new Target.Serial("/dev/ttyACM0", 115_200), Target.parse("serial:/dev/ttyACM0"));
        assertEquals(new Target.Serial("/dev/ttyACM0", 9600), Target.parse("serial:/dev/ttyACM0@9600"));
        assertEquals(new Target.Serial("/dev/serial/by-id/a@b", 115_200), Target.parse("serial:/dev/serial/by-id/a@b"));
        assertEquals(new Target.Serial("COM3", 115_200), Target.parse("serial:COM3"));
        assertEquals(
                new Target.Mqtt(false, "broker.local", 1883, "bench-1"), Target.parse("mqtt:broker.local/bench-1"));
        assertEquals(new Target.Mqtt(false, "10.0.0.2", 1884, "b"), Target.parse("mqtt:10.0.0.2:1884/b"));
        assertEquals(new Target.Mqtt(true, "h", 8883, "b"), Target.parse("mqtts:h/b"));
        assertEquals(new Target.Mqtt(true, "::1", 99, "b"), Target.parse("mqtts:[::1]:99/b"));
        assertEquals(new Target.Udp("board.local", 1337), Target.parse("udp:board.local"));
        assertEquals(new Target.Udp("::1", 99), Target.parse("udp:[::1]:99"));
        assertEquals(new Target.Tcp("10.0.0.7", 1337), Target.parse("tcp:10.0.0.7:1337"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serial:/dev/ttyACM0@9600",
                "mqtt:h:1883/b",
                "mqtts:[::1]:99/b",
                "udp:h:1337",
                "udp:[::1]:1337",
                "tcp:h:1337"
            })
    void shouldWriteATargetAsItReadsIt(String text) {
        assertEquals(text, Target.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/dev/ttyACM0",
                "serial:",
                "serial:/dev/x@0",
                "serial:/dev/x@99999999",
                "mqtt:host",
                "mqtt:host/",
                "mqtt://host/b",
                "mqtt:host/a/b",
                "mqtt:host/#",
                "mqtt:host/+",
                "mqtt:host:0/b",
                "mqtt:host:65536/b",
                "mqtt:host:x/b",
                "tcp:host",
                "tcp:host:0",
                "tcp:host:65536",
                "tcp:::1:5",
                "udp:",
                "udp:host:0",
                "udp:host/b",
            })
    void shouldSayWhatIsWrongWithAnythingElse(String text) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
        assertTrue(refusal.getMessage().contains("\"" + text + "\""), refusal::getMessage);
    }
}
