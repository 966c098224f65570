package io.spikelet.device.doctor;

import io.spikelet.hal.linux.SysFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Device nodes of one kind, and whether this user may read and write them.
 *
 * @param nodes sorted
 */
record Nodes(List<Path> nodes) {

    /** Those in {@code dev} whose names begin with one of the words. */
    static Nodes find(Path dev, String... beginnings) throws IOException {
        return new Nodes(SysFiles.folders(dev, "").stream()
                .filter(node -> List.of(beginnings).stream()
                        .anyMatch(word -> node.getFileName().toString().startsWith(word)))
                .toList());
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    String names() {
        return nodes.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** A finding about nodes that are there. */
    Finding finding(String topic, String sentence) throws IOException {
        List<Path> closed = nodes.stream()
                .filter(node -> !Files.isReadable(node) || !Files.isWritable(node))
                .toList();
        if (closed.isEmpty()) {
            return Finding.ok(topic, sentence);
        }
        return Finding.amiss(
                topic,
                sentence + "; this user may not use "
                        + closed.stream().map(Path::toString).collect(Collectors.joining(", ")),
                advice(closed.getFirst()));
    }

    /** The group that owns a node gives it, unless that is root's, which nobody should join. */
    private static String advice(Path node) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(node, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String group = attributes.group().getName();
        boolean groupMay = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE);
        return groupMay && !group.equals("root")
                ? "sudo usermod -aG " + group + " \"$USER\", then log in again"
                : "no group gives it; write a udev rule as in docs/boards.md";
    }
}
