package io.spikelet.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.mqtt.MqttLink;
import io.spikelet.hal.mqtt.MqttOptions;
import io.spikelet.hal.pi4j.PiHardware;
import io.spikelet.hal.serial.SerialLink;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process without the vendors' jars starts, and says what is missing when asked for it. */
@EnabledOnOs(OS.LINUX)
class MissingLibraryTest {

    @Test
    void shouldSayWhichLibraryIsMissingEachTime() throws Exception {
        TestJvm bare = TestJvm.startBare(Asker.class);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertEquals(
                    "cannot open /dev/null: jSerialComm-2.11.4.jar is not on the module path or class path; add it",
                    bare.awaitLine());
            assertEquals(
                    "cannot connect to the broker at localhost:1883: org.eclipse.paho.client.mqttv3-1.2.5.jar is not on"
                            + " the module path or class path; add it",
                    bare.awaitLine());
            assertEquals(
                    "pins need Pi4J, and pi4j-core-3.0.4.jar, pi4j-plugin-gpiod-3.0.4.jar,"
                        + " pi4j-library-gpiod-3.0.4.jar, pi4j-plugin-linuxfs-3.0.4.jar,"
                        + " pi4j-library-linuxfs-3.0.4.jar, jna-5.15.0.jar are not on the module path or class path;"
                        + " start with device-runtime/target/dist/pi4j added",
                    bare.awaitLine());
        }
        bare.awaitEnd();
    }

    /** Asks for both links and for pins, twice. */
    static final class Asker {
        public static void main(String[] arguments) throws IOException {
            for (int attempt = 0; attempt < 2; attempt++) {
                try {
                    SerialLink.open("/dev/null", 115_200).close();
                } catch (LinkUnavailableException e) {
                    System.out.println(e.getMessage());
                }
                try {
                    MqttLink.connect(MqttOptions.of(URI.create("mqtt://localhost"), "asker"))
                            .close();
                } catch (LinkUnavailableException e) {
                    System.out.println(e.getMessage());
                }
                try {
                    PiHardware.open("a board").close();
                } catch (HardwareUnavailableException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
