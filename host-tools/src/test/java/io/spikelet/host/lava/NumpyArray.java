package io.spikelet.host.lava;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A two-dimensional NumPy file of float64, version 1.0, row-major: 10 bytes of head, a dictionary as text whose length
 * is the 16 bits at 8, then the values.
 */
record NumpyArray(int rows, int columns, double[] values) {
    private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d+), (\\d+)\\)");

    static NumpyArray read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] head = new byte[bytes.getShort(8)];
        bytes.get(10, head);
        String text = new String(head, StandardCharsets.US_ASCII);
        Matcher shape = SHAPE.matcher(text);
        if (!shape.find() || !text.contains("'<f8'") || !text.contains("'fortran_order': False")) {
            throw new IOException(file + " is not a row-major array of float64: " + text);
        }
        int rows = Integer.parseInt(shape.group(1));
        int columns = Integer.parseInt(shape.group(2));
        double[] values = new double[rows * columns];
        bytes.position(10 + head.length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return new NumpyArray(rows, columns, values);
    }

    double at(int row, int column) {
        return values[row * columns + column];
    }
}
