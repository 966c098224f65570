package io.spikelet.bench.rig;

import io.spikelet.bench.energy.PowerTrace;
import io.spikelet.bench.energy.WindowEnergy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The files of a run's folder. */
final class RunFiles {
    private RunFiles() {}

    /** Keeps them all, or none. */
    static Path keep(ResultsFolder results, RunResult result) throws IOException {
        Manifest manifest = result.manifest();
        return results.keep(manifest.started(), manifest.identity().name(), draft -> {
            ResultsFolder.write(draft, ResultsFolder.RESULT, RunJson.of(result, Optional.empty()));
            ResultsFolder.write(draft, "windows.csv", windows(result));
            ResultsFolder.write(draft, "report.html", RunReport.of(result));
            if (result.energy().isPresent()) {
                ResultsFolder.write(
                        draft, "trace.csv", trace(result.energy().get().trace().finest()));
            }
        });
    }

    private static String windows(RunResult result) {
        StringBuilder csv = new StringBuilder(
                "phase,window,sample,inferences,seconds,inferences_per_second,from_s,to_s,samples,watts,joules,"
                        + "microjoules_per_inference,refused\n");
        result.performance().ifPresent(performance -> {
            int number = 0;
            for (Window window : performance.windows()) {
                csv.append(line(
                        "performance,%d,%d,%d,%.6f,%.3f,,,,,,,%n",
                        ++number, window.sample(), window.inferences(), window.seconds(), window.perSecond()));
            }
        });
        result.energy().ifPresent(energy -> {
            for (int i = 0; i < energy.result().windows().size(); i++) {
                WindowEnergy window = energy.result().windows().get(i);
                double seconds = window.cut().seconds();
                csv.append(line(
                        "energy,%d,%d,%d,%.6f,%.3f,%.6f,%.6f,%d,%.6g,%.6g,%.6g,%b%n",
                        i + 1,
                        energy.windows().get(i).sample(),
                        window.board().inferences(),
                        seconds,
                        window.board().inferences() / seconds,
                        window.cut().fromNanos() * 1e-9,
                        window.cut().toNanos() * 1e-9,
                        window.samples(),
                        window.watts(),
                        window.joules(),
                        window.microjoules(),
                        window.refused()));
            }
        });
        return csv.toString();
    }

    /** At most 65,536 lines, whatever the meter's rate: a line is what lies in as short a time, its extremes kept. */
    private static String trace(PowerTrace trace) {
        StringBuilder csv = new StringBuilder("seconds,least_watts,mean_watts,most_watts\n");
        for (int i = 0; i < trace.seconds().length; i++) {
            csv.append(line(
                    "%.6f,%.6g,%.6g,%.6g%n", trace.seconds()[i], trace.least()[i], trace.mean()[i], trace.most()[i]));
        }
        return csv.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
