package io.spikelet.device;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to the last learn request, kept in case that request comes again.
 *
 * @param at samples learned before the request
 * @param samples what the request brought; null for no request at all
 * @param learned samples learned after it
 * @param hits how many were classified correctly, each before it was learned
 */
record LearnAnswer(long at, Samples samples, long learned, int hits) {
    static final LearnAnswer NONE = new LearnAnswer(0, null, 0, 0);

    /** Whether a request is this one again, with nothing learned in between. */
    boolean repeats(long requestAt, Samples requested, long learnedNow) {
        return samples != null && requestAt == at && learnedNow == learned && samples.sameAs(requested);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("n", learned);
        fields.put("hits", hits);
        return fields;
    }
}
