package io.spikelet.device;

import io.spikelet.dut.DutConsole;
import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** SMP in console frames over a serial line, and the MLPerf Tiny runner's commands beside it. */
final class SerialService extends LinkService {
    private final Agent.LineOpener opener;
    private final DutyCycle duty;
    private final UnaryOperator<byte[]> smp;
    private final Supplier<Optional<DutConsole>> consoles;

    /** Lives as long as the board, so that what was loaded outlives a line that is opened anew. */
    private Optional<DutConsole> console;

    /**
     * @param smp answers a message on the duty cycle's thread; an empty answer is not sent
     * @param consoles asked once, on the line's thread: who answers text
     */
    SerialService(
            String name,
            Agent.LineOpener opener,
            DutyCycle duty,
            UnaryOperator<byte[]> smp,
            Supplier<Optional<DutConsole>> consoles) {
        super(name);
        this.consoles = consoles;
        this.opener = opener;
        this.duty = duty;
        this.smp = smp;
    }

    @Override
    void serve() throws IOException, InterruptedException {
        try (ByteLink link = opener.open()) {
            opened();
            if (console == null) {
                console = consoles.get();
            }
            FramedRequests requests = console.isEmpty()
                    ? new FramedRequests(link, duty, smp)
                    : new FramedRequests(link, duty, smp, console.get());
            while (!isStopped()) {
                requests.serve(POLL_MILLIS);
            }
        }
    }
}
