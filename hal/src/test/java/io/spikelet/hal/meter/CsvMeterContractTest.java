package io.spikelet.hal.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class CsvMeterContractTest extends MeterContract {
    @TempDir
    private Path folder;

    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        StringBuilder text = new StringBuilder("time_ms,voltage_v,current_ma\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(",5,500\n");
        }
        Path file = Files.writeString(folder.resolve("recording.csv"), text);
        return CsvMeter.open(file, CsvMeter.Format.PLAIN, 5, new MeterAccuracy(.01, 0, 0), 0);
    }

    @Override
    protected void cut() throws IOException {
        Files.delete(folder.resolve("recording.csv"));
    }

    @Override
    protected boolean failsWhenCut() {
        return false;
    }
}
