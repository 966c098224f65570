"""Trains a spiking network in one time step that runs in any number of them (Jiang and Zhang, Neural Computation 2023,
arXiv 2211.05453), and a control.

    python3 noise_steps.py --data FOLDER            # models/noise-steps.json: noise stands for what earlier steps left
    python3 noise_steps.py --data FOLDER --control none     # the same without noise, work/noise-steps/control-none.json
    python3 noise_steps.py --data FOLDER --control mean     # with the noise's mean alone

A neuron that takes its threshold off, `v <- v + I; s = [v > 1]; v <- v - s`, is left somewhere in 0..1 by a steady drive,
evenly: mean 1/2, standard deviation 1/sqrt(12). In training there is one step, and a Gaussian of both stands for what is
left: s = [I + n > 1], so s is 1 with probability Phi((I - 1 + mean) / std), whose density is the slope that learning uses.
Two controls: `none` trains s = [I > 1] and begins at 0, `mean` trains s = [I + mean > 1] and begins at the mean, as the
network with noise does. Written is a layer file (docs/layer-file.md) that says where membranes begin and the noise; batch norm
is folded.
"""

import argparse
import json
import math
import pathlib
import time

import torch
from torch.nn import functional as F

from fashion import augmented, folded, load
from layer_file import save

HERE = pathlib.Path(__file__).parent
PIXELS, CLASSES = 784, 10
MEAN, STD = 0.5, 12 ** -0.5


class Fires(torch.autograd.Function):
    """[x > 0], with the density of the noise for a slope."""

    @staticmethod
    def forward(context, over, drive):
        context.save_for_backward(drive)
        return (over > 0).float()

    @staticmethod
    def backward(context, slope):
        (drive,) = context.saved_tensors
        return None, slope * torch.exp(-0.5 * (drive / STD) ** 2) / (STD * math.sqrt(2 * math.pi))


class Network(torch.nn.Module):
    def __init__(self, widths, mean, std):
        super().__init__()
        self.mean, self.std = mean, std
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b, bias=False) for a, b in zip(widths, widths[1:]))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm1d(b) for b in widths[1:])
        self.readout = torch.nn.Linear(widths[-1], CLASSES)
        for norm in self.norms:
            torch.nn.init.constant_(norm.weight, 0.6)
            torch.nn.init.constant_(norm.bias, 0.8 - mean)  # as many fire at first, whatever the mean

    def forward(self, x):
        """One step; noise only while training."""
        for layer, norm in zip(self.layers, self.norms):
            drive = norm(layer(x)) + self.mean - 1
            over = drive + self.std * torch.randn_like(drive) if self.std > 0 and self.training else drive
            x = Fires.apply(over, drive)
        return self.readout(x)

    @torch.no_grad()
    def in_steps(self, x, steps):
        """Logits after so many steps, membranes from the mean; the float reference of what is deployed."""
        weights = [fold(layer, norm) for layer, norm in zip(self.layers, self.norms)]
        membranes = [torch.full((len(x), len(bias)), self.mean) for _, bias in weights]
        logits = 0
        for _ in range(steps):
            spikes = x
            for k, (weight, bias) in enumerate(weights):
                membranes[k] = membranes[k] + F.linear(spikes, weight, bias)
                spikes = (membranes[k] > 1).float()
                membranes[k] = membranes[k] - spikes
            logits = logits + self.readout(spikes)
        return logits


def fold(layer, norm):
    factor, offset = folded(norm)
    return (layer.weight.double() * factor[:, None]).float(), offset.float()


def accuracy(model, x, y, steps):
    model.eval()
    right = sum(int((model.in_steps(a.flatten(1).float() / 255, steps).argmax(1) == b).sum())
                for a, b in zip(x.split(1000), y.split(1000)))
    return right / len(x)


def train(model, x, y, options):
    optimiser = torch.optim.AdamW(model.parameters(), options.rate, weight_decay=1e-3)
    batches = len(x) // options.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=batches * options.epochs)
    generator = torch.Generator().manual_seed(options.seed)
    start = time.time()
    for epoch in range(options.epochs):
        model.train()
        order = torch.randperm(len(x), generator=generator)
        total = 0.0
        for k in range(batches):
            chosen = order[k * options.batch:(k + 1) * options.batch]
            image = augmented(x[chosen], generator, erase=1) if options.augment else x[chosen]
            loss = F.cross_entropy(model(image.flatten(1).float() / 255), y[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1} of {options.epochs}, loss {total / batches:.4f}, {time.time() - start:.0f} s", flush=True)


def write(model, path):
    layers = []
    for k, (layer, norm) in enumerate(zip(model.layers, model.norms)):
        weight, bias = fold(layer, norm)
        layers.append({"name": f"dense{k + 1}", "kind": "affine", "weight": weight, "bias": bias})
        neuron = {"name": f"if{k + 1}", "kind": "neuron", "a0": 1, "a1": 1, "b1": -1, "threshold": 1, "initial": model.mean}
        if model.std > 0:
            neuron["noise"] = {"mean": model.mean, "std": round(model.std, 6)}
        layers.append(neuron)
    layers.append({"name": "head", "kind": "affine", "weight": model.readout.weight, "bias": model.readout.bias})
    layers.insert(0, {"name": "pixels", "kind": "flatten"})
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, [1, 28, 28], layers)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of the four IDX files of Fashion-MNIST")
    parser.add_argument("--control", choices=("none", "mean"), help="train without noise, or with its mean alone")
    parser.add_argument("--hidden", default="32,16", help="neurons of each layer")
    parser.add_argument("--out", type=pathlib.Path, help="the layer file")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--augment", action="store_true", help="images moved by up to 2 pixels and mirrored")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    out = options.out or HERE / (f"work/noise-steps/control-{options.control}.json" if options.control
                                 else "models/noise-steps.json")
    mean, std = {None: (MEAN, STD), "mean": (MEAN, 0.0), "none": (0.0, 0.0)}[options.control]
    model = Network((PIXELS, *map(int, options.hidden.split(","))), mean, std)
    train(model, *load(options.data, "train"), options)
    test = load(options.data, "t10k")
    figures = {f"{steps} steps": accuracy(model, *test, steps) for steps in (1, 2, 4, 8)}
    write(model, out)
    print(json.dumps({"network": out.stem, **figures}))


if __name__ == "__main__":
    main()
