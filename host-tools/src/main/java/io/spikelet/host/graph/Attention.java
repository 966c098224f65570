package io.spikelet.host.graph;

/**
 * What gates the membranes of neurons from the second step on: a factor for each pixel times one for each channel, of the
 * neurons' own spikes s of the step before (SCTFA, Cai et al., TNNLS 2023, arXiv 2209.10837).
 *
 * <pre>
 * A_s[y,x] = σ(Σ_c spatial[c] · s[c,y,x] + spatialBias)
 * A_c[c]   = σ(Σ_j excite[c,j] · max(0, Σ_k squeeze[j,k] · mean over y, x of s[k,y,x]))
 * u[c,y,x] ← A_s[y,x] · A_c[c] · u[c,y,x]                    before the neuron's own equation
 * </pre>
 *
 * @param spatial (channels)
 * @param squeeze (hidden, channels)
 * @param excite (channels, hidden)
 */
public record Attention(Tensor spatial, float spatialBias, Tensor squeeze, Tensor excite) {
    public int channels() {
        return spatial.size();
    }

    public int hidden() {
        return squeeze.size() / channels();
    }

    /** What is left of a membrane where no neuron fires. */
    public double atRest() {
        return logistic(spatialBias) / 2;
    }

    public static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
