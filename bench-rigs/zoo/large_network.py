"""Writes two networks of five million random weights, to measure how long import and quantisation of large models take.

    python3 large_network.py --out FOLDER          # large-dense.nir, large-conv.nir
    spikelet quantise large-conv.nir --data FOLDER --split train:0-512 --steps 4 -o large.img

Images of 28x28; integrate-and-fire neurons under profile snntorch, whose dt is 1e-4, hence r = 1e4.
"""

import argparse
import pathlib

import numpy as np
import torch

from snn import NirFile

DENSE = (784, 2048, 1536, 256, 10)
CONV = ((1, 64, 1), (64, 128, 2), (128, 256, 2), (256, 512, 1), (512, 512, 1), (512, 224, 1))  # inputs, filters, stride


def neurons(nir, name, shape):
    fill = lambda value: np.full(shape, value, np.float32)
    nir.add(name, "IF", r=fill(1e4), v_threshold=fill(1), v_reset=fill(0))


def weights(random, *shape):
    return torch.tensor(random.normal(0, 1.6 / np.sqrt(np.prod(shape[1:])), shape), dtype=torch.float32)


def dense(path, random):
    nir, count = NirFile(path), 0
    nir.add("input", "Input", shape=np.array([1, 28, 28]))
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([1, 28, 28]))
    for k in range(len(DENSE) - 1):
        weight = weights(random, DENSE[k + 1], DENSE[k])
        count += weight.numel()
        nir.add(f"fc{k + 1}", "Affine", weight=weight, bias=torch.zeros(DENSE[k + 1]))
        if k < len(DENSE) - 2:
            neurons(nir, f"if{k + 1}", DENSE[k + 1])
    nir.add("output", "Output", shape=np.array([10]))
    nir.close()
    return count


def conv(path, random):
    nir, count, extent = NirFile(path), 0, 28
    nir.add("input", "Input", shape=np.array([1, 28, 28]))
    for k, (inputs, filters, stride) in enumerate(CONV, 1):
        weight = weights(random, filters, inputs, 3, 3)
        count += weight.numel()
        nir.add(f"conv{k}", "Conv2d", weight=weight, bias=torch.zeros(filters), stride=np.array([stride, stride]),
                padding=np.array([1, 1]), dilation=np.array([1, 1]), groups=1, input_shape=np.array([extent, extent]))
        extent = (extent - 1) // stride + 1
        neurons(nir, f"if{k}", (filters, extent, extent))
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([filters, extent, extent]))
    weight = weights(random, 10, filters * extent * extent)
    nir.add("readout", "Affine", weight=weight, bias=torch.zeros(10))
    nir.add("output", "Output", shape=np.array([10]))
    nir.close()
    return count + weight.numel()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path("."))
    given = options.parse_args()
    for name, make in (("large-dense", dense), ("large-conv", conv)):
        path = given.out / f"{name}.nir"
        print(path, make(path, np.random.default_rng(1)), "weights")


if __name__ == "__main__":
    main()
