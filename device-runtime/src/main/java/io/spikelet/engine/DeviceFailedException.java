package io.spikelet.engine;

import io.spikelet.hal.coprocessor.CoProcessorException;

/** A device that serves a layer failed within a sample. */
public final class DeviceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Whether the sample can be given anew at once. */
    private final boolean again;

    private DeviceFailedException(String message, boolean again, CoProcessorException cause) {
        super(message, cause);
        this.again = again;
    }

    /** The policy is not to go on without the device. */
    static DeviceFailedException stopped(String layer, String device, CoProcessorException cause) {
        return new DeviceFailedException(
                "layer " + layer + " is on " + device + ", which failed: " + cause.getMessage()
                        + "; mend it and place the layers anew, or let the processor go on (--if-it-fails processor)",
                false,
                cause);
    }

    /** The device lost the sample's membranes, and is well again, or no longer asked. */
    static DeviceFailedException sampleLost(String layer, String device, CoProcessorException cause) {
        return new DeviceFailedException(
                "layer " + layer + " is on " + device + ", which lost the sample: " + cause.getMessage()
                        + "; give the sample anew",
                true,
                cause);
    }

    /**
     * Whether the sample may be given anew at once, since the device is well again or the processor took the layer over;
     * {@link Classifier#infer} does so by itself.
     */
    public boolean mayBeGivenAnew() {
        return again;
    }
}
