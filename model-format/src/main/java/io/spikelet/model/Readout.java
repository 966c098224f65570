package io.spikelet.model;

/**
 * How the output layer's spikes become a class: the class whose population fired most over all time steps; a tie goes
 * to the lowest class. Neurons {@code c·population … (c+1)·population − 1} speak for class c.
 *
 * @param classes number of classes
 * @param population output neurons a class
 */
public record Readout(int classes, int population) {
    public Readout {
        if (classes < 1 || population < 1) {
            throw new IllegalArgumentException(
                    "a readout has classes and neurons: classes=" + classes + " population=" + population);
        }
    }
}
