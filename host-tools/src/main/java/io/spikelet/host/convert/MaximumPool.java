package io.spikelet.host.convert;

import io.spikelet.host.graph.Node;

/** What a maximum pool becomes where spikes stand for values. */
public enum MaximumPool {
    /** The sum over time of a window is its largest input's (SpiCalib, arXiv 2207.02702). */
    LOSS_FREE,
    /** A spike wherever the window has one: more than the largest input gives. */
    OR;

    Node of(Node.MaxPool2d pool) {
        return this == OR ? pool : new Node.LossFreePool2d(pool.kernelSize(), pool.stride(), pool.padding());
    }
}
