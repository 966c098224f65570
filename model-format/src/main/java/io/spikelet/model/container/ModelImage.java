package io.spikelet.model.container;

public final class ModelImage {
    private ModelImage() {}
}
