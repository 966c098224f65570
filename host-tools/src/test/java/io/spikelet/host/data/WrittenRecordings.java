package io.spikelet.host.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Made-up recordings in N-MNIST's format with a list: of label 0 most events are OFF, of label 1 most are ON. */
public final class WrittenRecordings {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private WrittenRecordings() {}

    /** Recordings 1 to {@code count}, labels 0, 1, 0, 1, ... */
    public static WrittenRecordings of(int count) {
        WrittenRecordings written = new WrittenRecordings();
        StringBuilder list = new StringBuilder("#sample #class\r\n");
        for (int number = 1; number <= count; number++) {
            int label = (number - 1) % 2;
            list.append(number).append('\t').append(label).append("\r\n");
            written.with(number + ".bs2", recording(number, label));
        }
        return written.with("list.txt", list.toString().getBytes());
    }

    /** 200 events within 300 ms, three quarters of them of one polarity. */
    private static byte[] recording(long seed, int label) {
        Random random = new Random(seed);
        byte[] bytes = new byte[5 * 200];
        for (int i = 0; i < 200; i++) {
            int micros = 1500 * i + random.nextInt(1500);
            int polarity = i % 4 == 0 ? 1 - label : label;
            bytes[5 * i] = (byte) random.nextInt(34);
            bytes[5 * i + 1] = (byte) random.nextInt(34);
            bytes[5 * i + 2] = (byte) (polarity << 7 | micros >> 16);
            bytes[5 * i + 3] = (byte) (micros >> 8);
            bytes[5 * i + 4] = (byte) micros;
        }
        return bytes;
    }

    public WrittenRecordings with(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    WrittenRecordings without(String name) {
        files.remove(name);
        return this;
    }

    byte[] bytes(String name) {
        return files.get(name);
    }

    /** Writes them into a folder. */
    public Path toFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    /** Writes them into an archive. */
    public Path toZip(Path file, String prefix) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(prefix + entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
