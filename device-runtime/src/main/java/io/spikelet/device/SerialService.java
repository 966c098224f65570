package io.spikelet.device;

import io.spikelet.dut.DutBoard;
import io.spikelet.dut.DutConsole;
import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** SMP in console frames over a serial line, and the MLPerf Tiny runner's commands beside it. */
final class SerialService extends LinkService {
    private final Agent.LineOpener opener;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;

    /** Lives as long as the board, so that what was loaded outlives a line that is opened anew. */
    private final DutConsole console;

    /**
     * @param smp answers a message on the duty cycle's thread; an empty answer is not sent
     * @param board as runners see it
     */
    SerialService(String name, Agent.LineOpener opener, DutyCycle duty, UnaryOperator<byte[]> smp, DutBoard board) {
        super(name);
        console = new DutConsole(board);
        this.opener = opener;
        this.duty = duty;
        this.smp = smp;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        try (ByteLink link = opener.open();
                DutConsole answering = console) {
            opened();
            FramedRequests requests = new FramedRequests(link, duty, smp, answering);
            while (!isStopped()) {
                requests.serve(POLL_MILLIS);
            }
        }
    }
}
