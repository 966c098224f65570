package io.spikelet.bench.adapt;

import io.spikelet.host.Progress;
import io.spikelet.host.WholeFile;
import io.spikelet.host.cli.ProgressLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet bench adapt}: what a board's learning is worth under real drift, beside its controls. */
@Command(
        name = "adapt",
        description = {
            "Train an integer network where it was recorded first, let it learn a little of each change that follows,"
                    + " and ask it what it was not told.",
            "Beside it, always: the same network frozen, learning in its last layer only, and told shuffled labels."
                    + " With --python: plain classifiers frozen and refitted, and the network in float32."
        },
        footer = {
            "",
            "Exit code 1 with --check when a promise does not hold.",
            "",
            "Examples:",
            "  spikelet bench adapt emg --data emg-longterm --python python3 --check",
            "  spikelet bench adapt emg --data emg-longterm --motions 22 --html motions.html",
            "  spikelet bench adapt fsdd --data fsdd --check"
        })
public final class AdaptCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "emg|fsdd",
            description = "Muscle signals over 30 days, or spoken digits of a new speaker.")
    private AdaptTask task;

    @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "The recordings.")
    private Path data;

    @Option(
            names = "--motions",
            defaultValue = "8",
            paramLabel = "N",
            description = "With emg, the first N of 22 (default: ${DEFAULT-VALUE}).")
    private int motions;

    @Option(
            names = "--hidden",
            defaultValue = "256",
            paramLabel = "N",
            description = "Hidden neurons (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--steps",
            defaultValue = "6",
            paramLabel = "T",
            description = "Time steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.02",
            paramLabel = "ETA",
            description = "The step, over all time steps of a sample (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--passes-before",
            paramLabel = "N",
            description = "Over what the network is trained from (default: 40 with emg, 10 with fsdd).")
    private Integer passesBefore;

    @Option(
            names = "--passes",
            defaultValue = "10",
            paramLabel = "N",
            description = "Over what is told of a change (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Option(
            names = "--rehearsed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Vectors from memory that are learned with each new one (default: ${DEFAULT-VALUE}).")
    private int rehearsed;

    @Option(
            names = "--memory",
            defaultValue = "262144",
            paramLabel = "BYTES",
            description = "For vectors of the past (default: ${DEFAULT-VALUE}).")
    private int memory;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of weights, order and rounding.")
    private long seed;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            description = "A Python with scikit-learn and PyTorch, for the controls that live there.")
    private String python;

    @Option(names = "--plain", description = "With --python, plain classifiers alone: float networks take minutes.")
    private boolean plain;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with curves.")
    private Path html;

    @Option(names = "--check", description = "Exit code 1 when a promise does not hold.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public AdaptCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = new Plan(hidden, steps, rate, passesBefore(), passes, rehearsed, memory, seed);
        AdaptResult result = python == null ? measured(plan, null) : withControls(plan);
        result = result.judged(task.claims(result));
        spec.commandLine().getOut().println(json ? AdaptJson.of(result) : AdaptTable.of(result));
        if (html != null) {
            String page = AdaptReport.page(result).toHtml();
            WholeFile.write(html, draft -> Files.writeString(draft, page));
        }
        return check && !result.claims().stream().allMatch(Claim::holds) ? 1 : 0;
    }

    private int passesBefore() {
        return passesBefore == null ? task.passesBefore() : passesBefore;
    }

    private AdaptResult withControls(Plan plan) throws Exception {
        try (PythonControls controls = new PythonControls()) {
            AdaptResult result = measured(plan, controls);
            Map<Integer, List<Scores>> more = controls.run(python, plain);
            List<CourseResult> courses = new ArrayList<>();
            List<CourseResult> days = new ArrayList<>();
            for (CourseResult course : result.courses()) {
                courses.add(course.with(more.getOrDefault(courses.size(), List.of())));
            }
            for (CourseResult day : result.sameDay()) {
                days.add(day.with(more.getOrDefault(courses.size() + days.size(), List.of())));
            }
            return new AdaptResult(result.title(), plan, courses, days, List.of());
        }
    }

    /** @param controls told of every course, or null */
    private AdaptResult measured(Plan plan, PythonControls controls) throws Exception {
        return switch (task) {
            case EMG -> {
                List<EmgCourses> everyone = EmgCourses.read(data, motions);
                List<Course> courses =
                        everyone.stream().map(EmgCourses::throughAllDays).toList();
                List<CourseResult> results = run("days", courses, plan, controls);
                List<CourseResult> days = new ArrayList<>();
                for (EmgCourses one : everyone) {
                    days.addAll(run("same day", one.sameDay(), plan, controls));
                }
                String title = String.format(
                        Locale.ROOT, "%d motions from muscle signals, %d subjects", motions, everyone.size());
                yield new AdaptResult(title, plan, results, days, List.of());
            }
            case FSDD ->
                new AdaptResult(
                        "Spoken digits of a new speaker",
                        plan,
                        run("speakers", DigitCourses.read(data), plan, controls),
                        List.of(),
                        List.of());
        };
    }

    private List<CourseResult> run(String what, List<Course> courses, Plan plan, PythonControls controls)
            throws Exception {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), what);
        List<CourseResult> results = new ArrayList<>();
        for (Course course : courses) {
            int done = results.size();
            results.add(run(
                    new CourseRun(course, plan),
                    course,
                    controls,
                    (part, parts) -> line.at(done * parts + part, (long) courses.size() * parts)));
        }
        line.done();
        return results;
    }

    private static CourseResult run(CourseRun run, Course course, PythonControls controls, Progress progress)
            throws Exception {
        if (controls == null) {
            return run.run(Lessons.UNHEARD, progress);
        }
        try (PythonControls.Heard heard = controls.hear(course, run.untrained())) {
            return run.run(heard, progress);
        }
    }
}
