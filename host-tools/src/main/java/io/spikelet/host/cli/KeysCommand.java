package io.spikelet.host.cli;

import io.spikelet.host.link.BoardClient;
import io.spikelet.host.link.ProvisionClient.Keys;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.KeyList;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.KeyRing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet keys}: changes whose images a fleet's boards take. */
@Command(
        name = "keys",
        description = "Change the keys that boards trust, by a list that a trusted key signs.",
        synopsisSubcommandLabel = "list|send|show",
        footer = {
            "",
            "A key list has a sequence number; a board takes only a higher one than the last. A revoked key never"
                    + " comes",
            "back, and no list takes a board's last key.",
            "",
            "Examples:",
            "  spikelet keys list --sequence 1 --add new.pub.pem --revoke old.pub.pem --key old.pem -o rotation.keys",
            "  spikelet keys send rotation.keys --to serial:/dev/ttyACM0",
            "  spikelet keys show --to serial:/dev/ttyACM0"
        })
final class KeysCommand implements Runnable {
    private static final int MOST_LIST_BYTES = 1 << 16;

    @Spec
    private CommandSpec spec;

    KeysCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "Write a signed key list.")
    int list(
            @Option(
                            names = "--sequence",
                            required = true,
                            paramLabel = "N",
                            description = "Higher than the last list's.")
                    long sequence,
            @Option(names = "--add", paramLabel = "PUBLIC.pem", description = "A key to trust besides.")
                    List<Path> added,
            @Option(
                            names = "--revoke",
                            paramLabel = "KEY",
                            description = "A public key's file, or its whole hash, never to be trusted again.")
                    List<String> revoked,
            @Option(names = "--key", required = true, paramLabel = "FILE", description = "Private key that signs, PEM.")
                    Path signer,
            @Option(
                            names = {"-o", "--output"},
                            required = true,
                            paramLabel = "FILE",
                            description = "Where to write.")
                    Path output)
            throws IOException, MalformedDataException {
        List<ImageKey.Public> keys = new ArrayList<>();
        for (Path file : added == null ? List.<Path>of() : added) {
            keys.add(ImageKey.Public.read(file));
        }
        List<String> hashes = new ArrayList<>();
        for (String words : revoked == null ? List.<String>of() : revoked) {
            Path file = Path.of(words);
            hashes.add(
                    Files.isRegularFile(file)
                            ? KeyRing.hash(ImageKey.Public.read(file))
                            : words.toLowerCase(Locale.ROOT));
        }
        ImageFile.requireFolder(output);
        KeyList made = new KeyList(sequence, keys, hashes);
        ImageFile.write(output, made.sign(ImageKey.Private.read(signer)).bytes());
        out().println(output + ": list " + sequence + " adds " + keys.size() + " keys and revokes " + hashes.size());
        return 0;
    }

    @Command(name = "send", description = "Have a board take a key list.")
    int send(@Mixin BoardOption board, @Parameters(paramLabel = "FILE", description = "Of 'keys list'.") Path file)
            throws IOException, MalformedDataException {
        if (Files.size(file) > MOST_LIST_BYTES) {
            throw new MalformedDataException(MOST_LIST_BYTES, file + " is larger than any key list");
        }
        byte[] bytes = Files.readAllBytes(file);
        KeyList list = KeyList.of(ModelImage.parse(bytes));
        try (BoardClient client = board.open()) {
            print(client.provision().change(bytes));
        }
        out().println("took list " + list.sequence());
        return 0;
    }

    @Command(name = "show", description = "The keys that a board trusts, and those it never will again.")
    int show(@Mixin BoardOption board) throws IOException {
        try (BoardClient client = board.open()) {
            print(client.provision().keys());
        }
        return 0;
    }

    private void print(Keys keys) {
        out().println("last list  " + (keys.sequence() == 0 ? "none" : Long.toString(keys.sequence())));
        keys.trusted().forEach(hash -> out().println("trusts     " + hash));
        keys.revoked().forEach(hash -> out().println("revoked    " + hash));
    }
}
