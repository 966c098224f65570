package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.container.ImageKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpikeletDeviceTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... words) {
        return SpikeletDevice.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String key() throws IOException {
        Path file = folder.resolve("key.pem");
        Files.deleteIfExists(file);
        ImageKey.Private.generate().publicKey().write(file);
        return file.toString();
    }

    @Test
    void shouldExplainItselfWithExamples() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Examples:"));
    }

    @Test
    void shouldRehearseAStartForTheLaunchersCache() {
        assertEquals(0, run("rehearse"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "'--data', '--data needs a value; see --help'",
        "'--bogus', 'unknown argument --bogus; see --help'",
        "'--data D --data D', '--data was given twice'",
        "'--data D', 'this board has no name yet: give --name, or provision it'",
        "'--data D --name a', 'a board needs a link: give --serial PATH or --mqtt URL; see --help'",
        "'--data D --name a/b --serial p', 'a device''s name is 1 to 64 letters, digits, dots, underscores or hyphens,"
                + " not \"a/b\"'",
        "'--data D --name a --serial p --adapt interval=0', 'adaptation setting interval must be 1..1048576:"
                + " interval=0'",
        "'--data D --name a --serial p --adapt yes', 'a setting of adaptation is WORD=NUMBER, separated by commas, not"
                + " \"yes\"'",
        "'--data D --name a --serial p --mqtt-user u', '--mqtt-user needs --mqtt URL'",
        "'--data D --name a --mqtt mqtts://h --mqtt-cert c', '--mqtt-cert and --mqtt-key go together'",
        "'--data D --name a --mqtt mqtt://h --in-doubt maybe', '--in-doubt is send or skip, not \"maybe\"'",
        "'--data D --name a --mqtt mqtt://h --primary-host a/b', 'primary host is one level of a topic: primary host=a/b'",
        "'--data D --name a --mqtt mqtt://h --telemetry-store 1K', 'storeBytes must be 131072 to 1073741824: 1024'",
        "'--data D --name a --mqtt mqtt://h --dead-bands X=1', 'there is no metric \"X\"'",
        "'--data D --name a --serial p --primary-host a', '--primary-host needs --mqtt URL'",
        "'--data D --name a --mqtt mqtt://h --mqtt-user u', '--mqtt-user and --mqtt-password-file go together'",
        "'--data D --name a --mqtt mqtts://h --mqtt-ca nowhere', 'there is no file nowhere'",
        "'--data D --name a --serial p --board arduino --measure-pin 17', '--board is auto, pi, linux or simulated, not"
                + " \"arduino\"'",
        "'--data D --name a --serial p --board simulated --measure-pin x', '--measure-pin takes the number of a line,"
                + " such as gpio:17, not \"x\"'",
        "'--data D --name a --serial p --meter ina9000', '--meter is auto, hwmon, pmic, ina219, ina226 or ina3221, not"
                + " \"ina9000\"'",
        "'--data D --name a --serial p --board simulated --meter ina219', '--meter ina219 needs the chip''s address:"
                + " most meters sit at address=0x40, an LM75 at address=0x48'",
        "'--data D --name a --serial p --board foo', '--board is auto, pi, linux or simulated, not \"foo\"'",
        "'--data D --name a --serial p --board simulated --meter ina219,address=0x90', '--meter: an I2C address is"
                + " 0x08..0x77: address=0x90'",
        "'--data D --name a --serial p --board simulated --meter ina219,adress=0x40', '--meter does not know"
                + " \"adress=0x40\"; see --help'",
        "'--data D --name a --serial p --thermometer bme280,address=0x76', '--thermometer knows lm75 and its kin, not"
                + " \"bme280\"'",
        "'doctor --need gpio,flux', '--need does not know \"flux\"; it knows board, kernel, java, heap, disk, pi4j,"
                + " gpio, i2c, spi, serial, hwmon, rapl, thermal, throttling, leds, watchdog'",
        "'provision --data D --name a', '--key is missing; see --help'",
        "'provision --data D --name a --key nowhere', 'there is no key file nowhere'"
    })
    void shouldRefuseBadUseInOneSentence(String line, String sentence) {
        String words = line.replace(" D", " " + folder.resolve("board"));
        assertEquals(2, run(words.split(" ")));
        assertEquals("spikelet-device: " + sentence + System.lineSeparator(), err.toString(StandardCharsets.UTF_8));
    }

    /** A failure of the world, not of use: the board that was asked for is not this one. */
    @Test
    void shouldFailWhereTheHardwareThatIsAskedForIsNotThere() {
        String board = folder.resolve("board").toString();
        assertEquals(
                1, run("--data", board, "--name", "a", "--serial", "p", "--board", "simulated", "--led", "gpio:99"));
        assertEquals(
                "spikelet-device: the simulated board has GPIO0 to GPIO27, not GPIO99" + System.lineSeparator(),
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldExplainTheDoctorWithExamples() {
        assertEquals(0, run("doctor", "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Examples:"));
    }

    @Test
    void shouldTrustEveryProvisionedKeyOnce() throws Exception {
        String board = folder.resolve("board").toString();
        String first = key();
        assertEquals(0, run("provision", "--data", board, "--name", "pi-1", "--key", first));
        assertEquals(0, run("provision", "--data", board, "--name", "pi-1", "--key", first));
        assertEquals(0, run("provision", "--data=" + board, "--name=pi-1", "--key=" + key()));
        DataFolder data = new DataFolder(Path.of(board));
        assertEquals(2, data.trustedKeys().size());
        assertEquals("pi-1", data.name().orElseThrow());
    }

    @Test
    void shouldKeepTheNameItWasProvisionedWith() throws Exception {
        String board = folder.resolve("board").toString();
        run("provision", "--data", board, "--name", "pi-1", "--key", key());
        assertEquals(2, run("provision", "--data", board, "--name", "pi-2", "--key", key()));
        assertEquals(2, run("--data", board, "--name", "pi-2", "--serial", "p"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("is the board pi-1"));
    }
}
