"""Trains models/digits-conv.nir: a convolutional LIF network of 4 time steps on the optical digits.

    python3 digits_conv.py            # about a minute on two cores; the same seed gives the same network

Sizes and schedule were chosen on the calibration part; the test part is only reported. No epoch is picked: the last
one is exported.
"""

import csv
import json
import math
import pathlib

import h5py
import numpy as np
import torch

from snn import BETA, DT, THRESHOLD, Lif, NirFile

HERE = pathlib.Path(__file__).parent
SEED = 7
STEPS = 4
POPULATION = 5
CLASSES = 10
EPOCHS = 120
BATCH = 32


class DigitsConv(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 12, 3, padding=1)
        self.lif1 = Lif()
        self.conv2 = torch.nn.Conv2d(12, 24, 3, padding=1)
        self.lif2 = Lif()
        self.hidden = torch.nn.Linear(24 * 4 * 4, 64)
        self.lif3 = Lif()
        self.readout = torch.nn.Linear(64, CLASSES * POPULATION)
        self.lif4 = Lif()

    def forward(self, x, record=None):
        """x: (batch, 1, 8, 8), 0..1, a constant current at every step. Gives spike counts (batch, 50)."""
        for lif in (self.lif1, self.lif2, self.lif3, self.lif4):
            lif.reset()
        counts = 0
        current = self.conv1(x)
        for t in range(STEPS):
            s1 = self.lif1(current)
            pooled = torch.nn.functional.avg_pool2d(s1, 2) * 4  # NIR's SumPool2d
            s2 = self.lif2(self.conv2(pooled))
            s3 = self.lif3(self.hidden(s2.flatten(1)))
            s4 = self.lif4(self.readout(s3))
            counts = counts + s4
            if record is not None:
                record.append([float(s.detach().mean()) for s in (s1, s2, s3, s4)])
        return counts


def class_scores(counts):
    """Neurons 5c..5c+4 speak for class c."""
    return counts.view(-1, CLASSES, POPULATION).sum(2)


def accuracy(model, x, y):
    with torch.no_grad():
        return float((class_scores(model(x)).argmax(1) == y).float().mean())


def augmented(x, generator):
    """Small shifts and turns, as a real writer varies: up to 8 degrees, up to 0.6 pixels, ink 0.85..1.1."""
    n = len(x)
    angle = (torch.rand(n, generator=generator) * 2 - 1) * math.radians(8)
    shift = (torch.rand(n, 2, generator=generator) * 2 - 1) * (0.6 / 4)
    theta = torch.stack([
        torch.stack([angle.cos(), -angle.sin(), shift[:, 0]], 1),
        torch.stack([angle.sin(), angle.cos(), shift[:, 1]], 1)], 1)
    grid = torch.nn.functional.affine_grid(theta, x.shape, align_corners=False)
    moved = torch.nn.functional.grid_sample(x, grid, align_corners=False)
    gain = 0.85 + 0.25 * torch.rand(n, 1, 1, 1, generator=generator)
    return (moved * gain).clamp(0, 1)


def load(split):
    with h5py.File(HERE / "data" / "digits.h5") as file:
        x = torch.from_numpy(file[split]["x"][:].astype(np.float32)) / int(file.attrs["full_scale"])
        return x, torch.from_numpy(file[split]["y"][:].astype(np.int64))


def train():
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    generator = torch.Generator().manual_seed(SEED)
    x, y = load("train")
    xc, yc = load("calibration")
    model = DigitsConv()
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-3)
    batches = math.ceil(len(y) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, epochs=EPOCHS, steps_per_epoch=batches)
    curve = []
    for epoch in range(EPOCHS):
        order = torch.randperm(len(y), generator=generator)
        total = 0.0
        for part in order.split(BATCH):
            # Scores run from 0 to 20 spikes; 0.4 of them are logits that a softmax can still learn from.
            loss = torch.nn.functional.cross_entropy(class_scores(model(augmented(x[part], generator))) * 0.4, y[part])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(part)
        curve.append({"epoch": epoch, "loss": round(total / len(y), 4),
                      "calibration": round(accuracy(model, xc, yc), 4)})
        print(curve[-1], flush=True)
    return model, curve


def export(model, path):
    nir = NirFile(path)
    nir.add("input", "Input", shape=np.array([1, 8, 8]))
    nir.add_conv("conv1", model.conv1, (8, 8))
    nir.add_lif("lif1", (12, 8, 8))
    nir.add("pool1", "SumPool2d", kernel_size=np.array([2, 2]), stride=np.array([2, 2]), padding=np.array([0, 0]))
    nir.add_conv("conv2", model.conv2, (4, 4))
    nir.add_lif("lif2", (24, 4, 4))
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([24, 4, 4]))
    nir.add("hidden", "Affine", weight=model.hidden.weight, bias=model.hidden.bias)
    nir.add_lif("lif3", (64,))
    nir.add("readout", "Affine", weight=model.readout.weight, bias=model.readout.bias)
    nir.add_lif("lif4", (50,))
    nir.add("output", "Output", shape=np.array([50]))
    nir.close()


def main():
    torch.set_num_threads(2)
    model, curve = train()
    export(model, HERE / "models" / "digits-conv.nir")
    xc, yc = load("calibration")
    x, y = load("test")
    rates = []
    with torch.no_grad():
        counts = model(x, rates)
    predicted = class_scores(counts).argmax(1)
    with open(HERE / "models" / "digits-conv.golden.csv", "w", newline="") as file:
        file.write("# Output spike counts of digits-conv on the test split; maker: digits_conv.py, PyTorch "
                   + torch.__version__ + ", float32\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["index", "label", "prediction"] + [f"n{i}" for i in range(CLASSES * POPULATION)])
        for i in range(len(y)):
            rows.writerow([i, int(y[i]), int(predicted[i])] + [int(c) for c in counts[i]])
    summary = {
        "seed": SEED, "epochs": EPOCHS, "time_steps": STEPS, "dt": DT, "beta": BETA, "threshold": THRESHOLD,
        "profile": "snntorch", "readout": "count", "population": POPULATION,
        "accuracy": {"calibration": accuracy(model, xc, yc), "test": accuracy(model, x, y)},
        "firing_rates": dict(zip(("lif1", "lif2", "lif3", "lif4"), np.mean(rates, 0).round(4).tolist())),
        "curve": curve,
    }
    (HERE / "models" / "digits-conv.json").write_text(json.dumps(summary, indent=1) + "\n")
    print(summary["accuracy"], summary["firing_rates"])


if __name__ == "__main__":
    main()
