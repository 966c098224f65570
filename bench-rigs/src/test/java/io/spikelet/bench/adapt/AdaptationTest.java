package io.spikelet.bench.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class AdaptationTest {
    private static final int CLASSES = 4;
    private static final int INPUTS = 24;
    private static final int PER_CLASS = 12;
    private static final Plan SHORT = new Plan(32, 4, 0.05, 10, 10, 1, 1 << 14, 1);

    /** Classes are pairs of inputs that are high, three pairs apart; each stage moves them on by a pair, to where none was. */
    private static Course moving(int stages) {
        int each = CLASSES * PER_CLASS;
        byte[] vectors = new byte[(2 + 2 * stages) * each * INPUTS];
        byte[] labels = new byte[vectors.length / INPUTS];
        Random random = new Random(9);
        for (int k = 0; k < labels.length; k++) {
            int stage = Math.max(0, k / each / 2);
            labels[k] = (byte) (k % CLASSES);
            for (int i = 0; i < INPUTS; i++) {
                boolean high = (i / 2 - 3 * labels[k] - stage + INPUTS) % (INPUTS / 2) == 0;
                vectors[k * INPUTS + i] = (byte) ((high ? 180 : 20) + random.nextInt(60));
            }
        }
        List<Stage> met = new ArrayList<>();
        for (int s = 1; s <= stages; s++) {
            met.add(new Stage("day " + (s + 1), "X", range(2 * s * each, each), range((2 * s + 1) * each, each)));
        }
        return new Course(
                "made up", INPUTS, CLASSES, vectors, labels, range(0, each), range(each, each), met, new int[0]);
    }

    private static int[] range(int from, int count) {
        int[] range = new int[count];
        for (int k = 0; k < count; k++) {
            range[k] = from + k;
        }
        return range;
    }

    @Test
    void shouldFollowADriftThatTheFrozenNetworkLoses() throws Exception {
        CourseResult result = new CourseRun(moving(2), SHORT).run(Lessons.UNHEARD, Progress.SILENT);
        double adapted = result.mean(Method.ADAPTED.label(), "X");
        assertTrue(adapted > 0.95, "adapted " + adapted);
        assertTrue(result.mean(Method.FROZEN.label(), "X") < adapted - 0.2);
        assertTrue(result.mean(Method.SHUFFLED.label(), "X") < adapted - 0.2);
        assertEquals(1, result.of(Method.ADAPTED.label()).before(), 0.05);
    }

    @Test
    void shouldAnswerTheSameWhoeverListens() throws Exception {
        Course course = moving(1);
        int[] heard = new int[2];
        CourseResult first = new CourseRun(course, SHORT)
                .run((stage, vectors, offset, label) -> heard[1 + stage]++, Progress.SILENT);
        CourseResult second = new CourseRun(course, SHORT).run(Lessons.UNHEARD, Progress.SILENT);
        for (Method method : Method.values()) {
            assertArrayEquals(
                    first.of(method.label()).stages(), second.of(method.label()).stages());
        }
        assertArrayEquals(new int[] {10 * CLASSES * PER_CLASS, 20 * CLASSES * PER_CLASS}, heard);
    }

    @Test
    void shouldReadWhatTheControlsPrint() throws Exception {
        String printed = "{\"results\": [{\"course\": 1, \"method\": \"LDA, refit\", \"before\": 0.5, \"after\": 0.25,"
                + " \"stages\": [1, 0.75]}, {\"course\": 0, \"method\": \"LDA, frozen\", \"before\": 1, \"after\": 1,"
                + " \"stages\": []}]}";
        Map<Integer, List<Scores>> scores =
                PythonControls.parse(new ByteArrayInputStream(printed.getBytes(StandardCharsets.US_ASCII)));
        Scores refit = scores.get(1).getFirst();
        assertEquals(PythonControls.REFIT, refit.method());
        assertEquals(0.25, refit.after());
        assertArrayEquals(new double[] {1, 0.75}, refit.stages());
        assertEquals(0, scores.get(0).getFirst().stages().length);
    }

    @Test
    void shouldJudgeAgainstTheRefitOnEveryPlacement() throws Exception {
        CourseResult ours = new CourseRun(moving(1), SHORT).run(Lessons.UNHEARD, Progress.SILENT);
        Scores refit = new Scores(PythonControls.REFIT, 1, 1, new double[] {1.05});
        AdaptResult result =
                new AdaptResult("made up", SHORT, List.of(ours.with(List.of(refit))), List.of(ours), List.of());
        List<Claim> claims = AdaptTask.EMG.claims(result);
        Claim beside = claims.stream()
                .filter(one -> one.promise().contains("refit"))
                .findFirst()
                .orElseThrow();
        assertEquals(103, beside.limit(), 1e-9);
        assertTrue(!beside.holds() && claims.getFirst().holds(), "none reaches 103 %");
        assertTrue(AdaptTable.of(result.judged(claims)).contains("BROKEN: adapted, placement X, beside the refit"));
        assertTrue(AdaptReport.page(result.judged(claims)).toHtml().contains("does not hold"));
        assertTrue(AdaptJson.of(result.judged(claims)).contains("\"at_least\""));
    }

    /** The first new days of the first person: frozen loses, adapted stays. */
    @Test
    void shouldStayRightOnRealMuscleSignalsOfOtherDays() throws Exception {
        Course whole = EmgCourses.read(recordings("emg-longterm"), 8).getFirst().throughAllDays();
        Course course = new Course(
                whole.subject(),
                whole.inputs(),
                whole.classes(),
                whole.vectors(),
                whole.labels(),
                whole.before(),
                whole.heldOut(),
                whole.stages().subList(0, 3),
                whole.plain());
        CourseResult result = new CourseRun(course, new Plan(64, 4, 0.05, 20, 5, 1, 1 << 17, 1))
                .run(Lessons.UNHEARD, Progress.SILENT);
        double adapted = average(result.of(Method.ADAPTED.label()).stages());
        assertTrue(result.of(Method.FROZEN.label()).before() > 0.9);
        assertTrue(adapted > 0.85, "adapted " + adapted);
        assertTrue(adapted > average(result.of(Method.FROZEN.label()).stages()) + 0.05);
        assertTrue(result.of(Method.ADAPTED.label()).after() > 0.9, "day 1 is forgotten");
    }

    private static double average(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        return sum / shares.length;
    }

    private static Path recordings(String name) {
        String named = System.getProperty("SPIKELET_SHARED", System.getenv("SPIKELET_SHARED"));
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        Path folder = (named == null ? root.resolveSibling("shared") : Path.of(named))
                .resolve("data")
                .resolve(name);
        Assumptions.assumeTrue(Files.exists(folder), () -> "skipped: needs shared/data/" + name);
        return folder;
    }
}
