package io.spikelet.bench.demo;

import java.nio.file.Path;

final class DemoReport {
    private DemoReport() {}

    static void write(Path f, JourneyResult r) {}
}
