package io.spikelet.bench.board;

import io.spikelet.host.broker.BrokerOptions;
import io.spikelet.host.broker.EmbeddedBroker;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whatever a person hands in that is wrong: exit code 2 and one sentence that says what and where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("reads all that this process says on standard error")
class BadInputIT {
    private static final String NOWHERE = "serial:/dev/does-not-exist";

    private Path folder;
    private DigitsRig rig;
    private PluggedBoard board;

    @BeforeAll
    void startBoard(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path ofAll) throws Exception {
        folder = ofAll;
        rig = DigitsRig.in(folder);
        board = PluggedBoard.start(rig);
        board.client().close();
    }

    @AfterAll
    void stopBoard() throws IOException {
        board.close();
    }

    private Path image(String name, ModelImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageFile.write(file, image.bytes());
        return file;
    }

    private String link() {
        return "serial:" + board.path();
    }

    @Test
    void shouldNameTheFileThatIsMissing() throws Exception {
        Path absent = folder.resolve("absent.file");
        Path image = image("whole.img", rig.signed("1.0.0", 0));
        Path model = new SmallNir().writeTo(folder.resolve("whole.nir"));
        CommandRun.of("import", absent).requireBadInput("absent.file", "no such file");
        CommandRun.of("inspect", absent).requireBadInput(absent, "no such file");
        CommandRun.of("flash", absent, "--to", NOWHERE).requireBadInput(absent, "no such file");
        CommandRun.of("sign", absent, "--key", rig.privateKey()).requireBadInput(absent, "no such file");
        CommandRun.of("sign", image, "--key", absent).requireBadInput(absent, "no key file");
        CommandRun.of("inspect", image, "--key", absent).requireBadInput(absent, "no key file");
        Path nowhere = folder.resolve("nowhere").resolve("out.img");
        CommandRun.of("sign", image, "--key", rig.privateKey(), "-o", nowhere)
                .requireBadInput(nowhere, "no such folder");
        CommandRun.of("quantise", model, "--data", rig.digits(), "--steps", 4, "-o", nowhere)
                .requireBadInput(nowhere, "no such folder");
        CommandRun.of("quantise", model, "--data", absent, "--steps", 4, "-o", folder.resolve("out.img"))
                .requireBadInput("absent.file", "no such file");
        CommandRun.of("infer", "--to", NOWHERE, "--data", absent).requireBadInput("absent.file", "no such file");
    }

    @Test
    void shouldSayThatAFileIsNoHdf5() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "weights: see the wiki\n".repeat(200));
        CommandRun.of("import", notes).requireBadInput("notes.txt", "is not an HDF5 file");
        CommandRun.of("inspect", notes).requireBadInput("notes.txt", "is not an HDF5 file");
        CommandRun.of("infer", "--to", NOWHERE, "--data", notes).requireBadInput("notes.txt", "HDF5 file");
    }

    @Test
    void shouldNameTheNodeThatItDoesNotKnow() {
        Path file = new SmallNir().with("fc", "type", "Hopfield").writeTo(folder.resolve("unknown.nir"));
        CommandRun.of("import", file).requireBadInput("unknown.nir", "node 'fc'", "'Hopfield'", "not supported");
    }

    @Test
    void shouldNameTheWeightThatIsNoNumber() {
        float[][] weight = new float[3][2];
        weight[1][1] = Float.NaN;
        Path file = new SmallNir().with("fc", "weight", weight).writeTo(folder.resolve("nan.nir"));
        CommandRun.of("import", file)
                .requireBadInput("nan.nir", "node 'fc'", "field 'weight'", "NaN at index 3", "must be finite");
    }

    @Test
    void shouldNameTheShapesThatDoNotMeet() {
        Path file = new SmallNir().with("fc", "weight", new float[3][5]).writeTo(folder.resolve("shapes.nir"));
        CommandRun.of("import", file)
                .requireBadInput("shapes.nir", "node 'fc'", "field 'weight'", "takes 5 inputs but 2 values reach it");
    }

    @Test
    void shouldSayThatSamplesDoNotFitTheModel() {
        Path model = new SmallNir().writeTo(folder.resolve("small.nir"));
        CommandRun.of("quantise", model, "--data", rig.digits(), "--steps", 4, "-o", folder.resolve("out.img"))
                .requireBadInput("3 outputs", "10 classes");
    }

    @Test
    void shouldSayWhereAnImageWasCutOff() throws Exception {
        byte[] whole = rig.signed("1.0.0", 0).bytes();
        for (int length : new int[] {10, 1000, whole.length - 1}) {
            Path file = Files.write(folder.resolve("cut.img"), Arrays.copyOf(whole, length));
            CommandRun.of("flash", file, "--to", link()).requireBadInput(file, "not a whole model image", "at byte");
            CommandRun.of("inspect", file).requireBadInput(file, "not a whole model image", "at byte");
        }
    }

    @Test
    void shouldSayThatAnImageWasSignedByAnotherKey() throws Exception {
        Path strangers = image("strangers.img", rig.unsigned("1.0.0", 0).sign(ImageKey.Private.generate()));
        CommandRun.of("inspect", strangers, "--key", rig.publicKey())
                .requireBadInput(strangers, "signed by key", "none of the trusted ones");
        CommandRun.of("flash", strangers, "--to", link())
                .requireBadInput("the board at " + board.path(), "refused upload", "signature is not accepted", "key");
        Path unsigned = image("unsigned.img", rig.unsigned("1.0.0", 0));
        CommandRun.of("inspect", unsigned, "--key", rig.publicKey()).requireBadInput(unsigned, "not signed");
        CommandRun.of("flash", unsigned, "--to", link())
                .requireBadInput("the board at " + board.path(), "refused upload", "signature is not accepted", "key");
    }

    @Test
    void shouldSayThatAnImageIsOlderThanTheBoardAllows() throws Exception {
        CommandRun.of("flash", image("counter5.img", rig.signed("5.0.0", 5)), "--to", link())
                .requireDone();
        CommandRun.of("flash", image("counter4.img", rig.signed("6.0.0", 4)), "--to", link())
                .requireBadInput("the board at " + board.path(), "refused upload", "security counter");
    }

    @Test
    void shouldNameTheLinkThatIsNotThere() throws Exception {
        Path image = image("link.img", rig.signed("1.0.0", 0));
        CommandRun.of("flash", image, "--to", NOWHERE).requireBadInput("no serial device at /dev/does-not-exist");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CommandRun.of("flash", image, "--to", "mqtt:127.0.0.1:" + port + "/rig")
                .requireBadInput("no MQTT broker answers at 127.0.0.1:" + port);
        CommandRun.of("flash", image, "--to", "bluetooth:rig").requireBadInput("\"bluetooth:rig\" names no board");
    }

    @Test
    void shouldSayThatTheBrokerRefuses() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "not the password\n");
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.forUser("lab", "right"))) {
            String address = "127.0.0.1:" + broker.uri().getPort();
            CommandRun.of(
                            "device",
                            "status",
                            "--to",
                            "mqtt:" + address + "/rig",
                            "--user",
                            "lab",
                            "--password-file",
                            wrong)
                    .requireBadInput("the broker at " + address + " refused", "user name and password");
            CommandRun.of("device", "status", "--to", "mqtt:" + address + "/rig")
                    .requireBadInput("the broker at " + address + " refused", "give a user name and password");
        }
    }
}
