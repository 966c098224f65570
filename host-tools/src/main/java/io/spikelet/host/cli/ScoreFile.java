package io.spikelet.host.cli;

import io.spikelet.host.WholeFile;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a network answers to each sample, as a table of comma-separated values: {@code sample,label,class,c0,c1,…}. */
final class ScoreFile {
    private ScoreFile() {}

    static void write(Path file, SampleSet samples, Evaluation evaluation) throws IOException {
        WholeFile.<IOException>write(file, draft -> {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(draft, StandardCharsets.UTF_8))) {
                out.print("sample,label,class");
                for (int c = 0; c < samples.classes(); c++) {
                    out.print(",c" + c);
                }
                out.print('\n');
                for (int i = 0; i < samples.count(); i++) {
                    out.print(i + "," + samples.label(i) + "," + evaluation.predictions()[i]);
                    for (double score : evaluation.scores()[i]) {
                        boolean isWhole = score == Math.rint(score) && Math.abs(score) < 1L << 53;
                        out.print("," + (isWhole ? Long.toString((long) score) : Double.toString(score)));
                    }
                    out.print('\n');
                }
                if (out.checkError()) {
                    throw new IOException(file + " cannot be written whole; is the disk full?");
                }
            }
        });
    }
}
