package io.spikelet.bench.adapt;

import java.util.ArrayList;
import java.util.List;

/** All methods in one course. */
record CourseResult(Course course, List<Scores> scores) {
    Scores of(String method) {
        return scores.stream()
                .filter(one -> one.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no method of that name ran: method=" + method));
    }

    /** The mean over the stages of a group. */
    double mean(String method, String group) {
        double sum = 0;
        int count = 0;
        double[] right = of(method).stages();
        for (int k = 0; k < right.length; k++) {
            if (course.stages().get(k).group().equals(group)) {
                sum += right[k];
                count++;
            }
        }
        return sum / count;
    }

    CourseResult with(List<Scores> more) {
        List<Scores> all = new ArrayList<>(scores);
        all.addAll(more);
        return new CourseResult(course, all);
    }
}
