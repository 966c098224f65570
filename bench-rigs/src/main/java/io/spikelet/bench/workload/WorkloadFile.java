package io.spikelet.bench.workload;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A prepared workload as a file, for another JVM of the same build: name, density, then payload and samples, each behind
 * its length in bytes (int32, big endian).
 */
public final class WorkloadFile {
    private WorkloadFile() {}

    public static void write(Path file, PreparedWorkload workload) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeUTF(workload.workload().name());
            out.writeDouble(workload.density());
            byte[] payload = NetworkCodec.encode(workload.network());
            out.writeInt(payload.length);
            out.write(payload);
            out.writeInt(workload.samples().length);
            out.write(workload.samples());
        }
    }

    /** @throws MalformedDataException when the file does not hold a workload */
    public static PreparedWorkload read(Path file) throws IOException, MalformedDataException {
        long size = Files.size(file);
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            Workload workload = Workload.valueOf(in.readUTF());
            double density = in.readDouble();
            byte[] payload = bytes(in, size);
            byte[] samples = bytes(in, size);
            return new PreparedWorkload(workload, density, NetworkCodec.decode(payload), samples);
        }
    }

    private static byte[] bytes(DataInputStream in, long fileSize) throws IOException, MalformedDataException {
        int length = in.readInt();
        if (length < 0 || length > fileSize) {
            throw new MalformedDataException(0, "a part of " + length + " bytes in a file of " + fileSize);
        }
        return in.readNBytes(length);
    }
}
