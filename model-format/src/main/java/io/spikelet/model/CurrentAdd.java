package io.spikelet.model;

import java.util.List;

/**
 * A fixed-point residual stream, summed in the domain of currents (MS-ResNet's membrane shortcut, S-ResNet):
 * {@code out = roundHalfEven((Σ_k gain[k]·in_k + bias[k]) / 2^shift)} over the inbound edges k, in 64 bits. With one
 * edge it requantises. Rounding is unbiased, so that a deep stream does not drift; nothing saturates, the declared
 * maximum is proved.
 *
 * @param shift 0..31, the fractional bits of the gains
 * @param drives one for each inbound edge; {@code gain} in 2^−shift output LSBs for one LSB of the edge, {@code bias} in
 *     2^−shift output LSBs
 */
public record CurrentAdd(int shift, List<Operation.Drive> drives) implements Operation {
    public CurrentAdd {
        drives = List.copyOf(drives);
        Requirement.that(shift >= 0 && shift <= 31, "a shift is 0..31");
        Requirement.that(!drives.isEmpty(), "a stream has an edge into it");
    }
}
