"""Makes host-tools/src/test/golden/torch_convolutions.json: convolutions of one and two dimensions as PyTorch computes them.

    python3 torch_convolutions.py        # PyTorch 2.13

Each case holds what a NIR node would (numbers, or `same` for the padding), an input and torch's output in float32.
"""

import json
import pathlib

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]

CASES = (
    # name, dimensions, (in, out channels), kernel, stride, padding, dilation, groups, extents
    ("grouped", 2, (6, 9), (3, 2), (1, 2), (1, 0), (1, 1), 3, (7, 8)),
    ("dilated", 2, (2, 3), (3, 3), (1, 1), (2, 1), (2, 3), 1, (9, 10)),
    ("depthwise, dilated, strided", 2, (4, 8), (2, 3), (2, 1), (1, 2), (3, 2), 4, (8, 9)),
    ("same", 2, (2, 2), (3, 5), (1, 1), "same", (2, 1), 1, (6, 7)),
    ("line", 1, (3, 4), (4,), (2,), (3,), (2,), 1, (19,)),
    ("grouped line, same", 1, (4, 6), (5,), (1,), "same", (2,), 2, (13,)),
    ("line of one channel", 1, (1, 2), (3,), (1,), (0,), (1,), 1, (8,)),
)


def rounded(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def case(name, dimensions, channels, kernel, stride, padding, dilation, groups, extents):
    weight = torch.randn(channels[1], channels[0] // groups, *kernel)
    bias = torch.randn(channels[1])
    x = torch.randn(1, channels[0], *extents)
    convolve = torch.nn.functional.conv1d if dimensions == 1 else torch.nn.functional.conv2d
    y = convolve(x, weight, bias, stride, padding, dilation, groups)[0]
    return {"name": name, "weight_shape": list(weight.shape), "weight": rounded(weight), "bias": rounded(bias),
            "stride": list(stride), "padding": padding, "dilation": list(dilation), "groups": groups,
            "input_shape": [channels[0], *extents], "input": rounded(x), "output_shape": list(y.shape),
            "output": rounded(y)}


if __name__ == "__main__":
    torch.manual_seed(11)
    made = [json.dumps(case(*row)) for row in CASES]
    (ROOT / "host-tools/src/test/golden/torch_convolutions.json").write_text("[\n" + ",\n".join(made) + "\n]\n")
