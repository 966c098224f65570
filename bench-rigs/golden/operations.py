"""Makes host-tools/src/test/golden/operations.json: synaptic operations as NeuroBench counts them, and paired differences.

    python3 operations.py        # PyTorch 2.13

NeuroBench (Yik et al., arXiv 2304.04640) runs a layer once more with every weight and every input that is not 0 replaced
by 1, biases off, and adds its output up; for dense operations all of them are 1. Padding therefore counts as nothing.

A paired difference is that of two proportions of one table of four cells, each half a sample larger than counted (Agresti
and Min, Statistics in Medicine 24, 2005).
"""

import json
import math
import pathlib
import statistics

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]

CONVOLUTIONS = (
    # name, (in, out channels), kernel, stride, padding, dilation, groups, extents
    ("plain", (2, 3), (3, 3), (1, 1), (0, 0), (1, 1), 1, (6, 5)),
    ("padded, strided", (3, 4), (3, 3), (2, 1), (1, 1), (1, 1), 1, (7, 6)),
    ("grouped, dilated", (4, 6), (3, 2), (1, 2), (2, 1), (2, 1), 2, (8, 7)),
    ("depthwise", (3, 6), (2, 2), (2, 2), (0, 0), (1, 1), 3, (6, 6)),
)
PAIRS = ((0, 0, 50), (8, 2, 500), (3, 9, 120), (1, 0, 7), (40, 0, 40))


def convolution(name, channels, kernel, stride, padding, dilation, groups, extents):
    weight = torch.randint(-3, 4, (channels[1], channels[0] // groups, *kernel))
    inputs = torch.randint(0, 3, (channels[0], *extents)) * torch.randint(0, 2, (channels[0], *extents))

    def total(w, x):
        y = torch.nn.functional.conv2d(x[None].double(), w.double(), None, stride, padding, dilation, groups)
        return round(y.sum().item()), list(y.shape[1:])

    dense, shape = total(torch.ones_like(weight), torch.ones_like(inputs))
    return {"name": name, "channels": channels, "kernel": kernel, "stride": stride, "padding": padding,
            "dilation": dilation, "groups": groups, "from": [channels[0], *extents], "to": shape,
            "weight": weight.flatten().tolist(), "input": inputs.flatten().tolist(), "dense": dense,
            "events": total(torch.ones_like(weight), inputs != 0)[0],
            "effective": total(weight != 0, inputs != 0)[0]}


def pair(lost, won, count):
    cells = [[(count - lost - won) / 2 + .5, lost + .5], [won + .5, (count - lost - won) / 2 + .5]]
    n = sum(map(sum, cells))
    p = [[cell / n for cell in row] for row in cells]
    first, second = sum(p[0]), p[0][0] + p[1][0]  # right before, right after
    variance = (first * (1 - first) + second * (1 - second) - 2 * (p[0][0] * p[1][1] - p[0][1] * p[1][0])) / n
    half = statistics.NormalDist().inv_cdf(.975) * math.sqrt(variance)
    return {"lost": lost, "won": won, "count": count, "low": 100 * (first - second - half),
            "high": 100 * (first - second + half)}


if __name__ == "__main__":
    torch.manual_seed(5)
    rows = ["  " + json.dumps(convolution(*row)) for row in CONVOLUTIONS]
    pairs = ["  " + json.dumps(pair(*row)) for row in PAIRS]
    (ROOT / "host-tools/src/test/golden/operations.json").write_text(
        '{"convolutions": [\n' + ",\n".join(rows) + '\n],\n"pairs": [\n' + ",\n".join(pairs) + "\n]}\n")
