"""Three Fashion-MNIST networks that differ in their time steps alone and are equally good: what `spikelet bench crossbar` judges.

    python3 fashion_steps.py --data FOLDER --work work/fashion-steps            trains T = 1, 2, 4
    python3 fashion_steps.py --data FOLDER --work work/fashion-steps --export

Three convolutions of leaking neurons (snn.py: leak 0.5, hard reset), then an affine readout whose potentials are summed over time; the
image is a constant current. Same seed, order, epochs and rates for every T. A checkpoint is kept each epoch; of each T that one
is exported whose test accuracy is nearest to what the weakest T reaches at best, so that none begins with a lead.
"""

import argparse
import json
import pathlib
import time

import numpy as np
import torch

from fashion import CLASSES, as_current, folded, load
from snn import Lif, NirFile

HERE = pathlib.Path(__file__).parent
STEPS = (1, 2, 4)
# out channels, stride
LAYERS = ((16, 2), (32, 1), (32, 2))


class Network(torch.nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps
        channels = (1,) + tuple(out for out, _ in LAYERS)
        self.convs = torch.nn.ModuleList(
            torch.nn.Conv2d(channels[k], out, 3, stride, 1, bias=False) for k, (out, stride) in enumerate(LAYERS))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm2d(out) for out, _ in LAYERS)
        self.neurons = [Lif() for _ in LAYERS]
        self.readout = torch.nn.Linear(channels[-1] * 49, CLASSES)

    def forward(self, x):
        """(batch, 1, 28, 28) currents; (batch, classes) mean potentials."""
        batch, current = len(x), self.norms[0](self.convs[0](x))
        for neuron in self.neurons:
            neuron.reset()
        spikes = torch.cat([self.neurons[0](current) for _ in range(self.steps)])
        for k in range(1, len(LAYERS)):
            currents = self.norms[k](self.convs[k](spikes)).view(self.steps, batch, *self.extent(k))
            spikes = torch.cat([self.neurons[k](currents[t]) for t in range(self.steps)])
        return self.readout(spikes.flatten(1)).view(self.steps, batch, CLASSES).mean(0)

    @staticmethod
    def extent(k):
        side = 28
        for _, stride in LAYERS[:k + 1]:
            side //= stride
        return LAYERS[k][0], side, side


@torch.no_grad()
def accuracy(model, x, y):
    model.eval()
    return sum(int((model(as_current(a)).argmax(1) == b).sum()) for a, b in zip(x.split(500), y.split(500))) / len(y)


def train(steps, data, work, epochs, seed=7):
    torch.manual_seed(seed)
    x, y = load(data, "train")
    tx, ty = load(data, "t10k")
    model = Network(steps)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=5e-3)
    batches = len(x) // 128
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=batches * epochs)
    curve = []
    for epoch in range(epochs):
        model.train()
        begun, losses, order = time.time(), 0.0, torch.randperm(len(x))
        for k in range(batches):
            pick = order[128 * k:128 * (k + 1)]
            loss = torch.nn.functional.cross_entropy(model(as_current(x[pick])), y[pick])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses += loss.item()
        curve.append({"epoch": epoch, "loss": round(losses / batches, 4), "test": accuracy(model, tx, ty),
                      "seconds": round(time.time() - begun)})
        print(steps, json.dumps(curve[-1]), flush=True)
        torch.save(model.state_dict(), work / f"{steps}-{epoch}.pt")
        (work / f"{steps}.json").write_text(json.dumps(curve))


@torch.no_grad()
def export(model, path):
    nir = NirFile(path)
    nir.add("input", "Input", shape=np.array([1, 28, 28]))
    side = 28
    for k, (conv, norm) in enumerate(zip(model.convs, model.norms)):
        factor, offset = folded(norm)
        nir.add(f"conv{k + 1}", "Conv2d", weight=(conv.weight.double() * factor[:, None, None, None]).float(),
                bias=offset.float(), stride=np.array(conv.stride), padding=np.array(conv.padding),
                dilation=np.array(conv.dilation), groups=1, input_shape=np.array([side, side]))
        channels, side, _ = model.extent(k)
        nir.add_lif(f"lif{k + 1}", (channels, side, side))
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([channels, side, side]))
    nir.add("readout", "Affine", weight=model.readout.weight, bias=model.readout.bias)
    nir.add("output", "Output", shape=np.array([CLASSES]))
    nir.close()


def export_all(work):
    curves = {steps: json.loads((work / f"{steps}.json").read_text()) for steps in STEPS}
    target = min(max(point["test"] for point in curve) for curve in curves.values())
    facts = {"target": target, "networks": []}
    for steps, curve in curves.items():
        chosen = min(curve, key=lambda point: abs(point["test"] - target))
        model = Network(steps)
        model.load_state_dict(torch.load(work / f"{steps}-{chosen['epoch']}.pt"))
        model.eval()
        export(model, HERE / "models" / f"fashion-steps-{steps}.nir")
        facts["networks"].append({"steps": steps, "epoch": chosen["epoch"], "test": chosen["test"], "curve": curve})
        print(steps, chosen)
    (HERE / "models" / "fashion-steps.json").write_text(json.dumps(facts) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--export", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    if options.export:
        export_all(options.work)
    else:
        for steps in STEPS:
            train(steps, options.data, options.work, options.epochs)


if __name__ == "__main__":
    main()
