package io.spikelet.hal.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program in the place of {@code vcgencmd} that prints what a real one once did. */
final class RecordedTool {
    private RecordedTool() {}

    static FirmwareCommand printing(Path folder, String text, int exitCode) throws IOException {
        Path answer = folder.resolve("answer.txt");
        Files.writeString(answer, text);
        Path tool = folder.resolve("vcgencmd");
        Files.writeString(tool, "#!/bin/sh\ncat '" + answer + "'\nexit " + exitCode + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new FirmwareCommand(tool);
    }
}
