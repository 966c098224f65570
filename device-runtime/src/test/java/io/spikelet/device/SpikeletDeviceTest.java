package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.container.ImageKey;
import io.spikelet.slots.KeyRing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
        "'--data D --name a', 'a board needs a link: give --serial PATH, --udp PORT, --tcp PORT or --mqtt URL; see"
                + " --help'",
        "'--data D --name a/b --serial p', 'a device''s name is 1 to 64 letters, digits, dots, underscores or hyphens,"
                + " not \"a/b\"'",
        "'--data D --name a --serial p --adapt interval=0', 'adaptation setting interval must be 1..1048576:"
                + " interval=0'",
        "'--data D --name a --serial p --adapt yes', 'a setting of adaptation is WORD=NUMBER, separated by commas, not"
                + " \"yes\"'",
        "'--data D --name a --serial p --mqtt-user u', '--mqtt-user needs --mqtt URL'",
        "'--data D --name a --mqtt mqtts://h --mqtt-certificate c', '--mqtt-certificate and --mqtt-certificate-key go"
                + " together'",
        "'--data D --name a --mqtt mqtt://h --in-doubt maybe', '--in-doubt is send or skip, not \"maybe\"'",
        "'--data D --name a --mqtt mqtt://h --primary-host a/b', 'primary host is one level of a topic: primary"
                + " host=a/b'",
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
        "'--data D --name a --serial p --trial-limit 0', '--trial-limit is 1 to 3600 seconds, not \"0\"'",
        "'doctor --need gpio,flux', '--need does not know \"flux\"; it knows board, kernel, java, heap, disk, pi4j,"
                + " gpio, i2c, spi, serial, hwmon, rapl, thermal, throttling, leds, watchdog'",
        "'provision --data D --name a', '--key is missing; see --help'",
        "'--data D --name a --udp 70000', '--udp: a port is 1 to 65535, not 70000'",
        "'--data D --name a --tcp board.local', '--tcp takes PORT or ADDRESS:PORT, not \"board.local\"'",
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
        assertEquals(2, data.keyRing().trusted().size());
        assertEquals("pi-1", data.name().orElseThrow());
    }

    @Test
    void shouldRevokeAKeyByItsFileOrHashButNotTheLastByAccident() throws Exception {
        String board = folder.resolve("board").toString();
        String first = key();
        assertEquals(0, run("provision", "--data", board, "--name", "pi-1", "--key", first));
        ImageKey.Public old = ImageKey.Public.read(Path.of(first));
        assertEquals(2, run("provision", "--data", board, "--revoke", first));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("no key would be left"));
        assertEquals(0, run("provision", "--data", board, "--key", key()));
        assertEquals(0, run("provision", "--data", board, "--revoke", KeyRing.hash(old)));
        assertTrue(new DataFolder(Path.of(board)).keyRing().isRevoked(KeyRing.hash(old)));
        String left = KeyRing.hash(ImageKey.Public.read(folder.resolve("key.pem")));
        assertEquals(0, run("provision", "--data", board, "--revoke", left.substring(0, 12), "--force"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("0 keys are trusted"));
        assertEquals(2, run("provision", "--data", board, "--force"));
    }

    @Test
    void shouldTakeAnArchiveOfNameKeysAndBrokerAndShowNoSecret() throws Exception {
        String board = folder.resolve("board").toString();
        Path archive = folder.resolve("pi-1.zip");
        ProvisionArchive.of(
                        "pi-1",
                        Optional.of("north"),
                        List.of(ImageKey.Public.read(Path.of(key()))),
                        Map.of(
                                BrokerFolder.URL, "mqtt://broker.local".getBytes(StandardCharsets.UTF_8),
                                BrokerFolder.USER, "pi-1".getBytes(StandardCharsets.UTF_8),
                                BrokerFolder.PASSWORD, "hush".getBytes(StandardCharsets.UTF_8)))
                .write(archive);
        assertEquals("rw-------", permissions(archive));
        assertEquals(0, run("provision", "--data", board, "--from", archive.toString()));
        assertEquals(0, run("provision", "--data", board, "--from", archive.toString()), "once more changes nothing");
        DataFolder data = new DataFolder(Path.of(board));
        assertEquals("pi-1", data.name().orElseThrow());
        assertEquals("north", data.group());
        assertEquals(1, data.keyRing().trusted().size());
        assertEquals(
                "mqtt://broker.local", new BrokerFolder(data.broker()).url().orElseThrow());
        assertEquals("rw-------", permissions(data.broker().resolve(BrokerFolder.PASSWORD)));
        assertEquals("rwx------", permissions(data.broker()));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertTrue(!out.toString(StandardCharsets.UTF_8).contains("hush"));
        assertEquals(2, run("provision", "--data", board, "--from", key()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("is no provision archive"), err::toString);
    }

    @Test
    void shouldTakeTheGoodKeysOfAnArchiveAndSayWhichItHasRevoked() throws Exception {
        String board = folder.resolve("board").toString();
        String first = key();
        ImageKey.Public old = ImageKey.Public.read(Path.of(first));
        assertEquals(0, run("provision", "--data", board, "--name", "pi-1", "--key", first));
        ImageKey.Public other = ImageKey.Public.read(Path.of(key()));
        assertEquals(0, run("provision", "--data", board, "--revoke", KeyRing.hash(old), "--force"));
        Path both = folder.resolve("both.zip");
        ProvisionArchive.of("pi-1", Optional.empty(), List.of(old, other), Map.of())
                .write(both);
        assertEquals(0, run("provision", "--data", board, "--from", both.toString()));
        String said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("trusts 1 keys of the archive"), said);
        assertTrue(said.contains("left out key " + KeyRing.hash(old)), said);
        DataFolder data = new DataFolder(Path.of(board));
        assertEquals(List.of(other), List.copyOf(data.keyRing().trusted()));
        Path dead = folder.resolve("dead.zip");
        ProvisionArchive.of("pi-1", Optional.of("north"), List.of(old), Map.of())
                .write(dead);
        assertEquals(2, run("provision", "--data", board, "--from", dead.toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("revoked every key of the archive"), err::toString);
        assertEquals("spikelet", data.group(), "nothing changed");
    }

    @Test
    void shouldKeepTheGroupWithTheBoardAndChangeItAlone() throws Exception {
        String board = folder.resolve("board").toString();
        assertEquals(0, run("provision", "--data", board, "--name", "pi-1", "--key", key()));
        DataFolder data = new DataFolder(Path.of(board));
        assertEquals("spikelet", data.group(), "as boards were before groups could be named");
        assertEquals(0, run("provision", "--data", board, "--group", "north wing"));
        assertEquals("north wing", data.group());
        for (String wrong : List.of("", " ", "a/b", "a+", "#", "STATE", " a", "x".repeat(65), "a\nb")) {
            assertEquals(2, run("provision", "--data", board, "--group", wrong), wrong);
            assertEquals(2, run("--data", board, "--group", wrong, "--udp", "1"), wrong);
        }
        assertEquals("north wing", data.group());
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void shouldRefuseAnArchiveThatHoldsWhatItShouldNot() throws Exception {
        for (String entry : List.of("../name", "keys/../../x.pem", "broker/shadow", "/etc/passwd")) {
            Path archive = folder.resolve("bad.zip");
            try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(1);
            }
            assertEquals(2, run("provision", "--data", folder.resolve("b").toString(), "--from", archive.toString()));
        }
        Path bomb = folder.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("name"));
            zip.write(new byte[1 << 24]);
        }
        assertEquals(2, run("provision", "--data", folder.resolve("b").toString(), "--from", bomb.toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("holds more than a provision archive may"));
    }

    @Test
    void shouldGoBackToFactoryStateAndKeepWhoItIs() throws Exception {
        Path board = folder.resolve("board");
        assertEquals(2, run("factory-reset", "--data", board.toString()));
        run("provision", "--data", board.toString(), "--name", "pi-1", "--key", key());
        Files.createDirectories(board.resolve("store"));
        Files.writeString(board.resolve("store/learned-1.bin"), "x");
        Files.createDirectories(board.resolve("files"));
        Files.writeString(board.resolve("files/note.txt"), "x");
        assertEquals(0, run("factory-reset", "--data", board.toString()), err::toString);
        assertTrue(Files.notExists(board.resolve("store/learned-1.bin")));
        assertTrue(Files.notExists(board.resolve("files/note.txt")));
        DataFolder data = new DataFolder(board);
        assertEquals("pi-1", data.name().orElseThrow());
        assertEquals(1, data.keyRing().trusted().size());
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
