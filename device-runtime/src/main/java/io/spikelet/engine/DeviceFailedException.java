package io.spikelet.engine;

import io.spikelet.hal.coprocessor.CoProcessorException;

/** A device failed within a sample, and the policy is not to go on without it. */
public final class DeviceFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceFailedException(String layer, String device, CoProcessorException cause) {
        super("layer " + layer + " is on " + device + ", which failed: " + cause.getMessage()
                + "; program it again, or plan with the policy PROCESSOR", cause);
    }
}
