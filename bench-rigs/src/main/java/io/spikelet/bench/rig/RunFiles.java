package io.spikelet.bench.rig;

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
        });
    }

    private static String windows(RunResult result) {
        StringBuilder csv = new StringBuilder("phase,window,sample,inferences,seconds,inferences_per_second\n");
        result.performance().ifPresent(performance -> {
            int number = 0;
            for (Window window : performance.windows()) {
                csv.append(String.format(
                        Locale.ROOT,
                        "performance,%d,%d,%d,%.6f,%.3f%n",
                        ++number,
                        window.sample(),
                        window.inferences(),
                        window.seconds(),
                        window.perSecond()));
            }
        });
        return csv.toString();
    }
}
