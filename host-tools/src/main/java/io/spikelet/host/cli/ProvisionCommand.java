package io.spikelet.host.cli;

import io.spikelet.device.BrokerFolder;
import io.spikelet.device.ProvisionArchive;
import io.spikelet.host.WholeFile;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.telemetry.SparkplugGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet provision}: all that makes a board one of a fleet, in one file. */
@Command(
        name = "provision",
        description = "Write a board's name, group, trusted keys, broker and certificates into one archive.",
        footer = {
            "",
            "The archive is its owner's alone; carry it to the board, and there:",
            "  spikelet-device provision --data /var/lib/spikelet --from greenhouse-3.zip",
            "",
            "Example:",
            "  spikelet provision greenhouse-3 --group north --trust team.pub.pem --broker mqtts://broker.local"
                    + " --certificate greenhouse-3.pem --certificate-key greenhouse-3.key --ca ca.pem"
                    + " -o greenhouse-3.zip"
        })
final class ProvisionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The device's name.")
    private String name;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "The Sparkplug group, which collectors choose their boards by: 1 to 64 characters without"
                    + " / + #; the board's stays as it is without this, " + SparkplugGroup.USUAL + " at first.")
    private String group;

    @Option(
            names = "--trust",
            required = true,
            paramLabel = "PUBLIC.pem",
            description = "A key whose images the board takes; may come several times.")
    private List<Path> trusted;

    @Option(names = "--broker", paramLabel = "URL", description = "mqtt://HOST[:PORT], or mqtts:// for TLS.")
    private String broker;

    @Option(names = "--user", paramLabel = "NAME", description = "At the broker; needs --password-file.")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Its first line is the password.")
    private Path passwordFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM certificates to trust instead of the system's.")
    private Path authority;

    @Option(names = "--certificate", paramLabel = "FILE", description = "The board's own PEM certificate.")
    private Path certificate;

    @Option(
            names = "--certificate-key",
            paramLabel = "FILE",
            description = "The certificate's unencrypted private key, PKCS #8 in PEM.")
    private Path certificateKey;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Where to write the archive.")
    private Path output;

    @Spec
    private CommandSpec spec;

    ProvisionCommand() {}

    @Override
    public Integer call() throws IOException, MalformedDataException {
        requireTogether("--user and --password-file", user, passwordFile);
        requireTogether("--certificate and --certificate-key", certificate, certificateKey);
        ImageFile.requireFolder(output);
        List<ImageKey.Public> keys = new ArrayList<>();
        for (Path file : trusted) {
            keys.add(ImageKey.Public.read(file));
        }
        ProvisionArchive archive = ProvisionArchive.of(name, Optional.ofNullable(group), keys, brokerFiles());
        WholeFile.write(output, archive::write);
        spec.commandLine()
                .getOut()
                .println(output + ": " + name + (group == null ? "" : " of group " + group) + ", trusts " + keys.size()
                        + (keys.size() == 1 ? " key" : " keys")
                        + (broker == null ? ", no broker" : ", broker " + broker) + "; mode 0600, keep it so");
        return 0;
    }

    private Map<String, byte[]> brokerFiles() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (broker == null) {
            if (user != null || authority != null || certificate != null) {
                throw new IllegalArgumentException("--user, --ca and --certificate need --broker");
            }
            return files;
        }
        if (!broker.matches("mqtts?://[^/@]+")) {
            throw new IllegalArgumentException("--broker is mqtt://HOST[:PORT] or mqtts://HOST[:PORT], not '" + broker
                    + "'; user and password have options of their own");
        }
        files.put(BrokerFolder.URL, broker.getBytes(StandardCharsets.UTF_8));
        if (user != null) {
            files.put(BrokerFolder.USER, user.getBytes(StandardCharsets.UTF_8));
        }
        put(files, BrokerFolder.PASSWORD, passwordFile);
        put(files, BrokerFolder.AUTHORITY, authority);
        put(files, BrokerFolder.CERTIFICATE, certificate);
        put(files, BrokerFolder.CERTIFICATE_KEY, certificateKey);
        return files;
    }

    private static void put(Map<String, byte[]> files, String name, Path file) throws IOException {
        if (file != null) {
            files.put(name, Files.readAllBytes(file));
        }
    }

    private static void requireTogether(String names, Object one, Object other) {
        if ((one == null) != (other == null)) {
            throw new IllegalArgumentException(names + " go together");
        }
    }
}
