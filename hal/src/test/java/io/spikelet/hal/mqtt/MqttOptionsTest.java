package io.spikelet.hal.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttOptionsTest {
    @Test
    void shouldTakeTheUsualPortOfTheScheme() {
        assertEquals(
                1883, MqttOptions.of(URI.create("mqtt://broker.local"), "a").port());
        assertEquals(
                8883, MqttOptions.of(URI.create("mqtts://broker.local"), "a").port());
        assertEquals(
                1999,
                MqttOptions.of(URI.create("mqtts://broker.local:1999"), "a").port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://broker",
                "broker",
                "mqtt:broker",
                "mqtt://broker:0",
                "mqtt://broker:65536",
                "mqtt://broker/path",
                "mqtt://broker?x=1",
                "mqtt://ada:secret@broker"
            })
    void shouldRefuseAnAddressOfAnotherKindWithoutRepeatingIt(String address) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> MqttOptions.of(URI.create(address), "a"));
        assertFalse(refused.getMessage().contains("secret"));
    }

    @Test
    void shouldNeverPrintThePassword() {
        MqttOptions options =
                MqttOptions.of(URI.create("mqtt://broker"), "a").withCredentials("ada", "secret".toCharArray());
        assertTrue(options.toString().contains("password=given"));
        assertFalse(options.toString().contains("secret"));
    }

    @Test
    void shouldKeepItsOwnCopyOfThePassword() {
        char[] given = "secret".toCharArray();
        MqttOptions options = MqttOptions.of(URI.create("mqtt://broker"), "a").withCredentials("ada", given);
        given[0] = 'x';
        options.password().orElseThrow()[1] = 'x';
        assertArrayEquals("secret".toCharArray(), options.password().orElseThrow());
    }

    @Test
    void shouldRefuseCertificatesWithoutTls() {
        MqttOptions plain = MqttOptions.of(URI.create("mqtt://broker"), "a");
        assertThrows(IllegalArgumentException.class, () -> plain.withCaFile(Path.of("ca.pem")));
    }

    @Test
    void shouldRefuseTimesThatMeanNothing() {
        MqttOptions options = MqttOptions.of(URI.create("mqtt://broker"), "a");
        assertThrows(IllegalArgumentException.class, () -> options.withTimes(Duration.ZERO, Duration.ofSeconds(1)));
        assertThrows(
                IllegalArgumentException.class, () -> options.withTimes(Duration.ofSeconds(1), Duration.ofMillis(1)));
    }
}
