package io.spikelet.hal.pi4j;

import io.spikelet.hal.board.HardwareUnavailableException;
import java.util.concurrent.Callable;

/** Pi4J's failures, all of them unchecked, as the ports' checked one. */
final class Pi4jFailure {
    private Pi4jFailure() {}

    /**
     * Calls Pi4J.
     *
     * @param sentence begins the message when it fails
     */
    static <T> T translate(String sentence, Callable<T> call) throws HardwareUnavailableException {
        try {
            return call.call();
        } catch (Exception | LinkageError e) { // its own, IllegalStateException, and what loading native code throws
            throw new HardwareUnavailableException(sentence + " (" + e.getMessage() + ")", e);
        }
    }
}
