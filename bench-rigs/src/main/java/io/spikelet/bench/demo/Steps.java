package io.spikelet.bench.demo;

import io.spikelet.host.cli.ProgressLine;
import java.io.PrintWriter;
import java.util.Locale;

/** Says what happens and how long it took; long steps show how far they are. */
final class Steps {
    private final PrintWriter out;
    private final PrintWriter err;
    private final long started = System.nanoTime();
    private int number;

    Steps(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    void begin(String what) {
        number++;
        out.printf(Locale.ROOT, "%5.1f s  %2d  %s%n", (System.nanoTime() - started) / 1e9, number, what);
        out.flush();
    }

    void tell(String format, Object... values) {
        out.printf(Locale.ROOT, "             " + format + "%n", values);
        out.flush();
    }

    ProgressLine progress(String what) {
        return new ProgressLine(err, "             " + what);
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
