"""A Fashion-MNIST network for a tinyODIN: spikes of 196 pixels, 240 and 80 neurons that integrate and fire, weights of 4 bits.

    python3 fashion_chip.py --data FOLDER --work work/fashion-chip
    python3 fashion_chip.py --data FOLDER --work work/fashion-chip --export

The host sums 2 x 2 pixels and integrates them into spikes (hard reset); both dense layers have what the chip has: no bias, no leak, a hard reset
to 0, 256 inputs at most. A class is the spikes of eight neurons over all steps. Weights are trained as the quantiser will round them:
a row's largest is 7. A membrane of the chip ends at -2048, so the loss keeps the sum of each row's negative weights small
enough that it cannot be reached within the steps.
"""

import argparse
import csv
import json
import pathlib
import time

import numpy as np
import torch

from fashion import CLASSES, load
from snn import NirFile, Spike

HERE = pathlib.Path(__file__).parent
STEPS, SIDE, HIDDEN, VOTERS = 8, 14, 240, 8
ENCODER_THRESHOLD = 1.0
LEVELS = 7
FLOOR = 2048


class Row4(torch.autograd.Function):
    """Each row in 15 levels, the largest of it being 7; straight through going back."""

    @staticmethod
    def forward(context, weight):
        unit = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / LEVELS
        return torch.round(weight / unit).clamp(-LEVELS, LEVELS) * unit

    @staticmethod
    def backward(context, gradient):
        return gradient


def integrate(membrane, current):
    membrane = current if membrane is None else membrane + current
    spikes = Spike.apply(membrane - 1.0)
    return membrane * (1 - spikes.detach()), spikes


class Chip(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = torch.nn.Linear(SIDE * SIDE, HIDDEN, bias=False)
        self.output = torch.nn.Linear(HIDDEN, CLASSES * VOTERS, bias=False)

    def forward(self, images):
        """(batch, 28, 28) pixels of 0..1; gives (batch, classes) spikes."""
        pixels = torch.nn.functional.avg_pool2d(images[:, None], 2).flatten(1)
        hidden, output = Row4.apply(self.hidden.weight), Row4.apply(self.output.weight)
        v = u = z = None
        counts = 0
        for _ in range(STEPS):
            v, spikes = integrate(v, pixels)
            u, spikes = integrate(u, spikes @ hidden.T)
            z, spikes = integrate(z, spikes @ output.T)
            counts = counts + spikes
        return counts.view(-1, CLASSES, VOTERS).sum(2)

    @torch.no_grad()
    def reach(self):
        """How far below 0 a membrane of the chip can get, in its LSBs."""
        worst = 0
        for layer in (self.hidden, self.output):
            unit = layer.weight.abs().amax(1, keepdim=True) / LEVELS
            codes = torch.round(layer.weight / unit)
            worst = max(worst, float(codes.clamp(max=0).abs().sum(1).max()) * STEPS)
        return worst

    def depth(self):
        """The penalty: negative codes of a row beyond what T steps may sum to."""
        total = 0
        for layer in (self.hidden, self.output):
            unit = layer.weight.abs().amax(1, keepdim=True).detach() / LEVELS
            depth = (-layer.weight / unit).clamp(min=0).sum(1) * STEPS / FLOOR
            total = total + (depth - 0.9).clamp(min=0).sum()
        return total


@torch.no_grad()
def accuracy(model, x, y):
    model.eval()
    right = sum(int((model(x[k:k + 1000]).argmax(1) == y[k:k + 1000]).sum()) for k in range(0, len(x), 1000))
    return right / len(x)


def train(data, work, epochs, seed=7):
    torch.manual_seed(seed)
    x, y = load(data, "train")
    tx, ty = load(data, "t10k")
    x, tx = x.float() / 255, tx.float() / 255
    model = Chip()
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-3)
    batches = len(x) // 128
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=batches * epochs)
    curve = []
    for epoch in range(epochs):
        model.train()
        begun, losses = time.time(), 0.0
        order = torch.randperm(len(x))
        for k in range(batches):
            pick = order[128 * k:128 * (k + 1)]
            counts = model(x[pick])
            loss = torch.nn.functional.cross_entropy(counts / 4, y[pick]) + 0.3 * model.depth()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses += loss.item()
        point = {"epoch": epoch, "loss": round(losses / batches, 4), "test": accuracy(model, tx, ty),
                 "reach": model.reach(), "seconds": round(time.time() - begun)}
        curve.append(point)
        print(json.dumps(point), flush=True)
        torch.save(model.state_dict(), work / "model.pt")
        (work / "curve.json").write_text(json.dumps(curve))
    return model


@torch.no_grad()
def export(model, data, work):
    name = HERE / "models" / "fashion-chip"
    nir = NirFile(f"{name}.nir")
    ones = lambda shape: np.full(shape, 1, np.float32)
    nir.add("input", "Input", shape=np.array([1, 28, 28]))
    two = np.array([2, 2])
    nir.add("pool", "AvgPool2d", kernel_size=two, stride=two, padding=np.array([0, 0]))
    neurons = lambda node, shape: nir.add(
        node, "IF", r=ones(shape), v_threshold=ones(shape), v_reset=np.zeros(shape, np.float32))
    neurons("encode", (1, SIDE, SIDE))
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([1, SIDE, SIDE]))
    nir.add("hidden", "Linear", weight=Row4.apply(model.hidden.weight))
    neurons("hidden.fire", (HIDDEN,))
    nir.add("readout", "Linear", weight=Row4.apply(model.output.weight))
    neurons("output.fire", (CLASSES * VOTERS,))
    nir.add("output", "Output", shape=np.array([CLASSES * VOTERS]))
    nir.close()
    tx, ty = load(data, "t10k")
    tx = tx.float() / 255
    counts = torch.cat([model(tx[k:k + 1000]) for k in range(0, len(tx), 1000)])
    with open(f"{name}.golden.csv", "w", newline="") as file:
        file.write(f"# Predictions of fashion-chip on the 10,000 test images; maker: fashion_chip.py, PyTorch {torch.__version__},"
                   " float32\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["index", "label", "prediction"])
        rows.writerows([k, int(ty[k]), int(counts[k].argmax())] for k in range(len(tx)))
    curve = json.loads((work / "curve.json").read_text())
    facts = {"name": "fashion-chip", "steps": STEPS, "accuracy": accuracy(model, tx, ty), "reach": model.reach(), "curve": curve}
    pathlib.Path(f"{name}.json").write_text(json.dumps(facts, indent=1) + "\n")
    print(facts["accuracy"], facts["reach"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--export", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    if options.export:
        model = Chip()
        model.load_state_dict(torch.load(options.work / "model.pt"))
        export(model, options.data, options.work)
    else:
        train(options.data, options.work, options.epochs)


if __name__ == "__main__":
    main()
