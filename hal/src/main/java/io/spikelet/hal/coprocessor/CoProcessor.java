package io.spikelet.hal.coprocessor;

/** A device that holds the weights of one layer. One thread uses it at a time. */
public interface CoProcessor extends AutoCloseable {
    /** Who integrates and fires. */
    enum Kind {
        /** The device gives the weighted sums of a step; the host integrates and fires. */
        CURRENT,
        /** The device integrates and fires, and gives spikes. */
        SPIKE
    }

    /** Short and unique among the devices of a board, such as {@code crossbar0}. */
    String name();

    Kind kind();

    Capability capability();

    /**
     * Whether and how a layer fits.
     *
     * @return the plan, which only this device can program, or the reasons why it has none
     */
    Plan plan(SynapseLayer layer);

    /**
     * Writes a layer's weights and, of kind SPIKE, its neurons; what was there before is gone. Everything below needs it.
     *
     * @throws IllegalArgumentException when the plan has refusals
     * @throws CoProcessorException when the device does not answer, or holds something else than was written
     */
    void program(Plan plan) throws CoProcessorException;

    /**
     * Reads back what {@link #program} wrote.
     *
     * @return the cells that are further off than the device's tolerance
     * @throws CoProcessorException when the device does not answer
     */
    Verification verify() throws CoProcessorException;

    /**
     * Learns ranges, gains and offsets from inputs like those to come; a device without any does nothing.
     *
     * @param inputs (samples, inputs) values of single steps
     * @param samples how many
     * @throws CoProcessorException when the device does not answer
     */
    void calibrate(int[] inputs, int samples) throws CoProcessorException;

    /** Forgets the sample before: membranes are 0, events on their way are dropped. */
    void reset() throws CoProcessorException;

    /**
     * One time step.
     *
     * @param input (inputs) values; of kind SPIKE 0 or 1
     * @param output (outputs) takes of kind CURRENT the sums in weight LSBs, of kind SPIKE how often each neuron fired
     * @throws CoProcessorException when the device does not answer, or lost events
     */
    void step(int[] input, int[] output) throws CoProcessorException;

    /** What the device did since it was programmed. */
    Counters counters();

    /** What is known of its state without disturbing the work; cheap enough to be asked between samples. */
    Health health();

    @Override
    void close();
}
