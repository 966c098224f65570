package io.spikelet.bench.adapt;

import java.util.List;

/**
 * All that was measured of one data set.
 *
 * @param title what was adapted to
 * @param courses one a subject
 * @param sameDay courses without stages, by {@link Method#FROZEN} and the yardstick; none where that is not asked
 * @param claims what is judged
 */
record AdaptResult(
        String title, Plan plan, List<CourseResult> courses, List<CourseResult> sameDay, List<Claim> claims) {

    List<String> methods() {
        return courses.getFirst().scores().stream().map(Scores::method).toList();
    }

    List<String> groups() {
        return courses.getFirst().course().stages().stream()
                .map(Stage::group)
                .distinct()
                .sorted()
                .toList();
    }

    /** The mean of all subjects. */
    double mean(String method, String group) {
        return courses.stream()
                .mapToDouble(one -> one.mean(method, group))
                .average()
                .orElse(Double.NaN);
    }

    double before(String method) {
        return courses.stream()
                .mapToDouble(one -> one.of(method).before())
                .average()
                .orElse(Double.NaN);
    }

    double after(String method) {
        return courses.stream()
                .mapToDouble(one -> one.of(method).after())
                .average()
                .orElse(Double.NaN);
    }

    /** Trained and asked on the same day, the mean of all days and subjects; NaN where it was not asked. */
    double sameDay(String method) {
        return sameDay.stream()
                .filter(day ->
                        day.scores().stream().anyMatch(one -> one.method().equals(method)))
                .mapToDouble(day -> day.of(method).before())
                .average()
                .orElse(Double.NaN);
    }

    AdaptResult judged(List<Claim> judged) {
        return new AdaptResult(title, plan, courses, sameDay, judged);
    }
}
