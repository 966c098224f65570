package io.spikelet.hal.tinyodin;

import java.io.IOException;

/** Writes a transcript of what is asked and answered: {@code > request}, then {@code < answer}. */
public final class RecordingLines implements Lines {
    private final Lines lines;
    private final Appendable transcript;

    /** @param transcript stays open when this is closed */
    public RecordingLines(Lines lines, Appendable transcript) {
        this.lines = lines;
        this.transcript = transcript;
    }

    @Override
    public String ask(String request) throws IOException {
        String answer = lines.ask(request);
        transcript.append("> ").append(request).append('\n');
        transcript.append("< ").append(answer).append('\n');
        return answer;
    }

    @Override
    public String name() {
        return lines.name();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
