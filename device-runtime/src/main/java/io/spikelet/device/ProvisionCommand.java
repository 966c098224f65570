package io.spikelet.device;

import io.spikelet.hal.file.FileStore;
import io.spikelet.model.container.ImageKey;
import io.spikelet.slots.KeyRefusedException;
import io.spikelet.slots.KeyRing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code spikelet-device provision} and {@code factory-reset}: what a person does to a board's folder. */
final class ProvisionCommand {
    private static final String GROUP = "--group";
    private static final String KEY = "--key";
    private static final String REVOKE = "--revoke";
    private static final String FROM = "--from";
    private static final String FORCE = "--force";

    private ProvisionCommand() {}

    static void run(List<String> words, PrintStream out) throws BadUseException, IOException {
        CommandLine line =
                CommandLine.parse(words, Set.of("--data", "--name", GROUP, KEY, REVOKE, FROM), Set.of(FORCE));
        DataFolder folder = new DataFolder(Path.of(line.required("--data")));
        if (line.has(FORCE) && line.value(REVOKE).isEmpty()) {
            throw new BadUseException(FORCE + " goes with " + REVOKE);
        }
        if (line.value(FROM).isPresent()) {
            if (line.value("--name")
                    .or(() -> line.value(GROUP))
                    .or(() -> line.value(KEY))
                    .or(() -> line.value(REVOKE))
                    .isPresent()) {
                throw new BadUseException(FROM + " brings name, group and keys; leave the others out");
            }
            ProvisionArchive archive = ProvisionArchive.read(Path.of(line.required(FROM)));
            List<ImageKey.Public> leftOut = archive.into(folder);
            out.println("provisioned " + archive.name() + " of group " + folder.group() + ": trusts "
                    + (archive.keys().size() - leftOut.size()) + " keys of the archive"
                    + (archive.broker().isEmpty() ? "" : ", serves through " + archive.broker()));
            leftOut.forEach(
                    key -> out.println("left out key " + KeyRing.hash(key) + ": this board has revoked it for good"));
            return;
        }
        Optional<String> name = folder.name();
        if (name.isEmpty() || line.value("--name").isPresent()) {
            name = Optional.of(DataFolder.requireName(line.required("--name")));
        }
        boolean regroups = folder.name().isPresent() && line.value(GROUP).isPresent();
        if (line.value(REVOKE).isEmpty() && !regroups) {
            line.required(KEY); // a board that is provisioned may change its group alone
        }
        change(folder, line, name.get(), out);
    }

    private static void change(DataFolder folder, CommandLine line, String name, PrintStream out)
            throws BadUseException, IOException {
        Optional<ImageKey.Public> key = line.value(KEY).isPresent()
                ? Optional.of(DataFolder.readKey(Path.of(line.required(KEY))))
                : Optional.empty();
        Optional<String> group = line.value(GROUP);
        if (group.isPresent()) {
            folder.keepGroup(group.get());
        }
        folder.provision(name);
        if (group.isPresent()) {
            out.println("provisioned " + name + ": group " + group.get() + ", from the next start on");
        }
        try {
            KeyRing ring = folder.keyRing();
            if (key.isPresent()) {
                ring.add(key.get());
                out.println("provisioned " + name + ": trusts " + key.get());
            }
            if (line.value(REVOKE).isPresent()) {
                String revoked = ring.revoke(keyId(line.required(REVOKE)), line.has(FORCE));
                out.println("provisioned " + name + ": never trusts key " + revoked + " again; "
                        + ring.trusted().size() + " keys are trusted");
            }
        } catch (KeyRefusedException e) {
            throw new BadUseException(e.getMessage());
        }
    }

    private static String keyId(String words) throws IOException, BadUseException {
        Path file = Path.of(words);
        return Files.isRegularFile(file) ? KeyRing.hash(DataFolder.readKey(file)) : words;
    }

    /** The board must not run: its store is its own then, and this says so. */
    static void factoryReset(List<String> words, PrintStream out) throws BadUseException, IOException {
        CommandLine line = CommandLine.parse(words, Set.of("--data"), Set.of());
        DataFolder folder = new DataFolder(Path.of(line.required("--data")));
        if (!Files.isDirectory(folder.store())) {
            throw new BadUseException(folder.store() + " is no board's store; there is nothing to reset");
        }
        try (FileStore store = FileStore.open(folder.store())) {
            FactoryReset.order(store);
            if (Files.isDirectory(folder.files())) {
                try (FileStore files = FileStore.open(folder.files())) {
                    FactoryReset.empty(files);
                }
            }
            FactoryReset.finish(store);
        }
        out.println("back to factory state: name and keys are kept, images, what was learned and settings are gone");
    }
}
