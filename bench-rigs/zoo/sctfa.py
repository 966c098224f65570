"""Trains an event-frame network whose membranes are gated by attention over the layer's own spikes (SCTFA, Cai et al., TNNLS
2023, arXiv 2209.10837), and the same network without the gate, on N-MNIST recordings.

    python3 sctfa.py --data nmnist_train1k.zip                  # work/sctfa/{gated,plain}-{1..5}.json, fold-{1..5}.h5
    ./sctfa_folds.sh                                            # the same folds by Spikelet, in float and in integers

Frames, folds and what training does to the events are nmnist.py's. `fold-K.h5` holds 50 recordings that the networks of the
fold were trained on, the fold itself, and the fold with 20 % more events, each at a pixel, polarity and time drawn by chance;
and, for the networks whose gate is the constant ½ · ½, `halved-K.json` is `gated-K` with gates' weights of 0. The held-out
fold chooses nothing: the last epoch is exported.
"""

import argparse
import json
import pathlib
import time

import h5py
import numpy as np
import torch

from layer_file import save
from nmnist import CLASSES, FOLDS, MAXIMUM, SEED, SIDE, STEPS, Moved, Recordings, fold_of
from snn import Spike

HERE = pathlib.Path(__file__).parent
CHANNELS = (16, 32, 48)
KERNELS = (5, 3, 3)
STRIDES = (2, 1, 1)
LEAK = 0.5
THRESHOLD = 0.8
REDUCTION = 4
EPOCHS = 24
BATCH = 32
RATE = 4e-3
NOISE = 0.2
CALIBRATION = 50


class Attention(torch.nn.Module):
    """A_s = sigma(conv 1x1 of the spikes), A_c = sigma(W2 relu(W1 mean of the spikes)); their product."""

    def __init__(self, channels):
        super().__init__()
        self.spatial = torch.nn.Conv2d(channels, 1, 1)
        self.squeeze = torch.nn.Linear(channels, channels // REDUCTION, bias=False)
        self.excite = torch.nn.Linear(channels // REDUCTION, channels, bias=False)

    def forward(self, spikes):
        of_channel = self.excite(torch.relu(self.squeeze(spikes.mean((2, 3)))))
        return torch.sigmoid(self.spatial(spikes)) * torch.sigmoid(of_channel)[:, :, None, None]


class Neurons(torch.nn.Module):
    """u <- A u from the second step on; u <- LEAK u (1 - s) + x; s = u > THRESHOLD."""

    def __init__(self, channels, is_gated):
        super().__init__()
        self.attention = Attention(channels) if is_gated else None

    def forward(self, currents):
        """currents: (STEPS * batch, ...). Gives the spikes likewise."""
        u = s = None
        fired = []
        for x in currents.chunk(STEPS):
            if u is None:
                u = x
            else:
                gate = 1 if self.attention is None else self.attention(s)
                u = LEAK * gate * u * (1 - s.detach()) + x
            s = Spike.apply(u - THRESHOLD)
            fired.append(s)
        return torch.cat(fired)


class EventNet(torch.nn.Module):
    """Three convolutions, each with batch norm and neurons, average pools behind; the readout is summed over the steps."""

    def __init__(self, is_gated):
        super().__init__()
        widths = (2, *CHANNELS)
        self.convs = torch.nn.ModuleList(
            torch.nn.Conv2d(widths[k], widths[k + 1], KERNELS[k], STRIDES[k], KERNELS[k] // 2, bias=False)
            for k in range(len(CHANNELS)))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm2d(width) for width in CHANNELS)
        self.neurons = torch.nn.ModuleList(Neurons(width, is_gated) for width in CHANNELS)
        self.dropout = torch.nn.Dropout(0.2)
        extent = SIDE
        for stride in STRIDES:
            extent = -(-extent // stride) // 2
        self.readout = torch.nn.Linear(CHANNELS[-1] * extent * extent, CLASSES)

    def forward(self, counts):
        x = counts.transpose(0, 1).flatten(0, 1).float()
        for conv, norm, neurons in zip(self.convs, self.norms, self.neurons):
            x = torch.nn.functional.avg_pool2d(neurons(norm(conv(x))), 2)
        return self.readout(self.dropout(x.flatten(1))).view(STEPS, -1, CLASSES).sum(0)


@torch.no_grad()
def predictions(model, counts):
    model.eval()
    return torch.cat([model(part).argmax(1) for part in counts.split(250)])


def train(recordings, chosen, is_gated, epochs):
    torch.manual_seed(SEED)
    model, moved = EventNet(is_gated), Moved(recordings, chosen, SEED)
    labels = recordings.label[chosen]
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-2)
    batches = len(chosen) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * batches, pct_start=0.2)
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        model.train()
        counts, order = moved.counts(), torch.randperm(len(chosen))[:batches * BATCH]
        for part in order.split(BATCH):
            loss = torch.nn.functional.cross_entropy(model(counts[part]), labels[part], label_smoothing=0.1)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        if epoch % 6 == 5:
            print(f"  epoch {epoch}: loss {total / batches:.4f}, {time.time() - start:.1f} s", flush=True)
    return model.eval()


def noisy(recordings, share):
    """Counts of all recordings with so many events more, by chance."""
    random = np.random.default_rng(SEED)
    extra = np.round(np.bincount(recordings.sample) * share).astype(np.int64)
    sample = np.repeat(np.arange(len(extra)), extra)
    drawn = [np.concatenate([real, random.integers(0, end, len(sample))]) for real, end in (
        (recordings.x, SIDE), (recordings.y, SIDE), (recordings.frame(), STEPS), (recordings.polarity, 2))]
    x, y, frame, polarity = drawn
    sample = np.concatenate([recordings.sample, sample])
    return recordings.counts(x, y, True, sample, frame, polarity, len(extra))


def export(model, path, is_halved=False):
    """Samples mean counts by their maximum, which the first convolution takes back."""
    layers = []
    for k, (conv, norm, neurons) in enumerate(zip(model.convs, model.norms, model.neurons), 1):
        layers.append({"name": f"conv{k}", "kind": "conv2d",
                       "weight": conv.weight * (MAXIMUM if k == 1 else 1), "stride": conv.stride[0],
                       "padding": conv.padding[0]})
        layers.append({"name": f"norm{k}", "kind": "norm", "gamma": norm.weight, "beta": norm.bias,
                       "mean": norm.running_mean, "var": norm.running_var, "eps": norm.eps})
        layers.append({"name": f"lif{k}", "kind": "neuron", "a0": LEAK, "threshold": THRESHOLD})
        if neurons.attention is not None:
            gate = neurons.attention
            factor = 0 if is_halved else 1
            layers[-1]["attention"] = {
                "spatial": gate.spatial.weight * factor, "spatial_bias": gate.spatial.bias * factor,
                "squeeze": gate.squeeze.weight * factor, "excite": gate.excite.weight * factor}
        layers.append({"name": f"pool{k}", "kind": "avg_pool", "kernel": 2})
    layers.append({"name": "flat", "kind": "flatten"})
    layers.append({"name": "readout", "kind": "affine", "weight": model.readout.weight, "bias": model.readout.bias})
    save(path, [2, SIDE, SIDE], layers)


def samples(path, parts):
    with h5py.File(path, "w") as file:
        file.attrs["name"], file.attrs["classes"], file.attrs["full_scale"] = "N-MNIST frames", CLASSES, MAXIMUM
        for name, (counts, labels) in parts.items():
            group = file.create_group(name)
            group.create_dataset("x", data=counts.numpy(), compression="gzip")
            group.create_dataset("y", data=labels.numpy().astype(np.uint8))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="nmnist_train1k.zip")
    options.add_argument("--work", default=HERE / "work" / "sctfa", type=pathlib.Path)
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--folds", type=int, default=FOLDS, help="train only without the first so many of the five folds")
    given = options.parse_args()
    torch.set_num_threads(1)
    recordings = Recordings(given.data)
    counts = {"test": recordings.plain(), "noisy": noisy(recordings, NOISE)}
    folds = fold_of(recordings.label, FOLDS)
    given.work.mkdir(parents=True, exist_ok=True)
    right = {}
    for k in range(1, given.folds + 1):
        held_out = folds == k - 1
        labels = recordings.label[held_out]
        parts = {name: (values[held_out], labels) for name, values in counts.items()}
        parts["train"] = tuple(values[~held_out][:CALIBRATION] for values in (counts["test"], recordings.label))
        samples(given.work / f"fold-{k}.h5", parts)
        for kind in ("gated", "plain"):
            state = given.work / f"{kind}-{k}.pt"
            model = EventNet(kind == "gated")
            if state.exists():
                model.load_state_dict(torch.load(state, weights_only=True))
            else:
                chosen = torch.nonzero(~held_out).flatten().numpy()
                model = train(recordings, chosen, kind == "gated", given.epochs)
                torch.save(model.state_dict(), state)
            export(model, state.with_suffix(".json"))
            if kind == "gated":
                export(model, given.work / f"halved-{k}.json", is_halved=True)
            for name in counts:
                mine = int((predictions(model, parts[name][0]) == labels).sum())
                right[kind, name] = right.get((kind, name), 0) + mine
                print(f"fold {k} {kind} {name}: {mine} of {len(labels)} in float", flush=True)
    print(json.dumps({" ".join(key): value for key, value in right.items()}))


if __name__ == "__main__":
    main()
