"""Trains an event-frame network on N-MNIST recordings, six frames each, and holds out a fold of them.

    python3 nmnist.py --data nmnist_train1k.zip --fold 3/5     # work/nmnist/fold-3.nir, trained without fold 3
    python3 nmnist.py --data nmnist_train1k.zip --folds 5      # all five; nmnist_folds.sh then measures them in integers
    python3 nmnist.py --data nmnist_train1k.zip --ship         # fold 1's network as models/nmnist-frames.nir

A recording becomes (6, 2, 34, 34) counts (docs/events.md, F1, F2 and F5), byte for byte as Spikelet makes them; the
network takes the counts as they are. Training moves and thins out the events themselves, so that a changed recording has
whole counts too. Folds are Spikelet's (docs/samples.md): the k-th recording of each class, in order of number and from 0,
belongs to fold k mod N + 1. The held-out fold chooses nothing: the last epoch is exported.
"""

import argparse
import csv
import hashlib
import json
import math
import pathlib
import time
import zipfile

import numpy as np
import torch

from nir_run import NirRun
from snn import BETA, DT, THRESHOLD, Lif, NirFile

HERE = pathlib.Path(__file__).parent
SEED = 7
STEPS = 6
SIDE = 34
MAXIMUM = 15
CLASSES = 10
CHANNELS = (20, 48, 64)
KERNELS = (5, 3, 3)
STRIDES = (2, 1, 1)
POOLED = (True, True, False)
EPOCHS = 60
BATCH = 32
RATE = 4e-3
BEND = 1.0
FOLDS = 5


class Recordings:
    """All events of all recordings, one behind the other: `sample`, `x`, `y`, `polarity`, `micros`; and `label`."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            text = next(name for name in archive.namelist() if name.endswith(".txt"))
            rows = [line.split() for line in archive.read(text).decode().splitlines()
                    if line.strip() and not line.startswith("#")]
            rows.sort(key=lambda row: int(row[0]))
            self.number = [int(row[0]) for row in rows]
            self.label = torch.tensor([int(row[1]) for row in rows])
            parts = [events(archive.read(f"{number}.bs2")) for number in self.number]
        self.sample = np.concatenate([np.full(len(part[0]), i) for i, part in enumerate(parts)])
        self.x, self.y, self.polarity, self.micros = (np.concatenate(column) for column in zip(*parts))
        begins = np.concatenate([[0], np.cumsum([len(part[0]) for part in parts])])
        self.first = np.array([self.micros[a:b].min() for a, b in zip(begins, begins[1:])])
        self.last = np.array([self.micros[a:b].max() for a, b in zip(begins, begins[1:])])

    def frame(self):
        """F5: the frame of each event."""
        first, last = self.first[self.sample], self.last[self.sample]
        return (self.micros - first) * STEPS // (last - first + 1)

    def counts(self, x, y, keep, sample, frame, polarity, count):
        """F1 and F2: (count, STEPS, 2, SIDE, SIDE) uint8."""
        keep = keep & (x >= 0) & (x < SIDE) & (y >= 0) & (y < SIDE)
        cell = (((sample * STEPS + frame) * 2 + polarity) * SIDE + y) * SIDE + x
        all_counts = np.bincount(cell[keep], minlength=count * STEPS * 2 * SIDE * SIDE)
        return torch.from_numpy(all_counts.clip(max=MAXIMUM).astype(np.uint8)).view(count, STEPS, 2, SIDE, SIDE)

    def plain(self):
        return self.counts(self.x, self.y, True, self.sample, self.frame(), self.polarity, len(self.label))


def events(raw):
    """x, y, polarity and µs of one recording; a row of 240 says that the clock ran over by 2^13 µs."""
    record = np.frombuffer(raw, np.uint8).reshape(-1, 5).astype(np.int64)
    over = record[:, 1] == 240
    micros = ((record[:, 2] & 0x7f) << 16) + (record[:, 3] << 8) + record[:, 4] + (np.cumsum(over) << 13)
    x, y, polarity = record[~over, 0], record[~over, 1], record[~over, 2] >> 7
    return x, y, polarity, micros[~over]


def fold_of(labels, folds):
    """(n) 0-based fold of each recording: the k-th of its class goes to k mod folds."""
    fold = torch.empty_like(labels)
    for c in range(CLASSES):
        members = torch.nonzero(labels == c).flatten()
        fold[members] = torch.arange(len(members)) % folds
    return fold


class Moved:
    """The events of some recordings, moved anew at every call."""

    def __init__(self, recordings, chosen, seed):
        self.recordings, self.count = recordings, len(chosen)
        place = np.full(len(recordings.label), -1)
        place[chosen] = np.arange(len(chosen))
        mine = place[recordings.sample] >= 0
        self.sample = place[recordings.sample[mine]]
        self.x = recordings.x[mine].astype(np.float32) - SIDE / 2
        self.y = recordings.y[mine].astype(np.float32) - SIDE / 2
        self.polarity, self.frame = recordings.polarity[mine], recordings.frame()[mine]
        self.pixel = (self.sample * SIDE + recordings.y[mine]) * SIDE + recordings.x[mine]
        self.random = np.random.default_rng(seed)

    def counts(self):
        """Turned by up to 15 degrees, slanted, stretched by up to 15 %, shifted by up to 2.5 pixels and bent smoothly by
        about one; up to 30 % of a recording's events left out."""
        n, spread = self.count, lambda size: self.random.uniform(-size, size, self.count).astype(np.float32)
        angle, slant = spread(math.radians(15)), spread(0.2)
        wide, high, right, down = 1 + spread(0.15), 1 + spread(0.15), spread(2.5), spread(2.5)
        cos, sin = np.cos(angle), np.sin(angle)
        matrix = np.stack([cos * wide, (slant * cos - sin) * high, sin * wide, (slant * sin + cos) * high])
        knots = torch.from_numpy(self.random.normal(0, BEND, (n, 2, 5, 5)).astype(np.float32))
        bend = torch.nn.functional.interpolate(knots, (SIDE, SIDE), mode="bicubic", align_corners=True).numpy()
        bend_x, bend_y = bend[:, 0].ravel()[self.pixel], bend[:, 1].ravel()[self.pixel]
        matrix, right, down = matrix[:, self.sample], right[self.sample], down[self.sample]
        within = self.random.random((3, len(self.sample)), dtype=np.float32)
        x, y = self.x + within[0] + bend_x, self.y + within[1] + bend_y
        moved_x = np.floor(matrix[0] * x + matrix[1] * y + right + SIDE / 2).astype(np.int64)
        moved_y = np.floor(matrix[2] * x + matrix[3] * y + down + SIDE / 2).astype(np.int64)
        keep = within[2] >= self.random.uniform(0, 0.3, n).astype(np.float32)[self.sample]
        return self.recordings.counts(moved_x, moved_y, keep, self.sample, self.frame, self.polarity, n)


class EventNet(torch.nn.Module):
    """Three convolutions, each with batch norm and LIF, sum pools between; the affine readout is summed over the steps."""

    def __init__(self):
        super().__init__()
        widths = (2, *CHANNELS)
        self.convs = torch.nn.ModuleList(
            torch.nn.Conv2d(widths[k], widths[k + 1], KERNELS[k], STRIDES[k], KERNELS[k] // 2, bias=False)
            for k in range(len(CHANNELS)))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm2d(width) for width in CHANNELS)
        self.lifs = torch.nn.ModuleList(Lif() for _ in CHANNELS)
        self.dropout = torch.nn.Dropout(0.2)
        extent = SIDE
        for stride, pooled in zip(STRIDES, POOLED):
            extent = -(-extent // stride) // (2 if pooled else 1)
        self.readout = torch.nn.Linear(CHANNELS[-1] * extent * extent, CLASSES)

    def spikes(self, counts):
        """counts: (batch, STEPS, 2, SIDE, SIDE). Gives the spikes of each layer, (STEPS * batch, ...), step by step."""
        x, layers = counts.transpose(0, 1).flatten(0, 1).float(), []
        for conv, norm, lif, pooled in zip(self.convs, self.norms, self.lifs, POOLED):
            lif.reset()
            x = torch.cat([lif(current) for current in norm(conv(x)).chunk(STEPS)])
            layers.append(x)
            if pooled:
                x = torch.nn.functional.avg_pool2d(x, 2) * 4  # NIR's SumPool2d
        return layers

    def forward(self, counts):
        last = self.spikes(counts)[-1]
        return self.readout(self.dropout(last.flatten(1))).view(STEPS, -1, CLASSES).sum(0)


@torch.no_grad()
def predictions(model, counts):
    model.eval()
    return torch.cat([model(part).argmax(1) for part in counts.split(250)])


def train(recordings, plain, chosen, held_out, seed, epochs):
    """Gives the model and its curve; the held-out recordings are only looked at to draw it."""
    torch.manual_seed(seed)
    model, moved = EventNet(), Moved(recordings, chosen, seed)
    labels = recordings.label[chosen]
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-2)
    batches = len(chosen) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * batches, pct_start=0.2)
    curve = []
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
        curve.append({"epoch": epoch, "loss": round(total / batches, 4)})
        if len(held_out) and (epoch % 5 == 4 or epoch == epochs - 1):
            right = predictions(model, plain[held_out]) == recordings.label[held_out]
            curve[-1]["held_out"] = round(float(right.float().mean()), 4)
        print(json.dumps(curve[-1]), f"{time.time() - start:.1f} s", flush=True)
    return model.eval(), curve


@torch.no_grad()
def export(model, path):
    """Batch norm goes into its convolution."""
    nir, extent = NirFile(path), SIDE
    nir.add("input", "Input", shape=np.array([2, SIDE, SIDE]))
    for k, (conv, norm, pooled) in enumerate(zip(model.convs, model.norms, POOLED), 1):
        factor = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
        nir.add(f"conv{k}", "Conv2d", weight=(conv.weight.double() * factor[:, None, None, None]).float(),
                bias=(norm.bias.double() - factor * norm.running_mean.double()).float(), stride=np.array(conv.stride),
                padding=np.array(conv.padding), dilation=np.array(conv.dilation), groups=conv.groups,
                input_shape=np.array([extent, extent]))
        extent = -(-extent // conv.stride[0])
        nir.add_lif(f"lif{k}", (conv.out_channels, extent, extent))
        if pooled:
            extent //= 2
            two = np.array([2, 2])
            nir.add(f"pool{k}", "SumPool2d", kernel_size=two, stride=two, padding=np.array([0, 0]))
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([CHANNELS[-1], extent, extent]))
    nir.add("readout", "Affine", weight=model.readout.weight, bias=model.readout.bias)
    nir.add("output", "Output", shape=np.array([CLASSES]))
    nir.close()


@torch.no_grad()
def compare(model, path, plain):
    """Runs file and model side by side; gives the model's predictions, and what differs."""
    run, predicted, other, differing, total, fired = NirRun(path), [], [], 0, 0, np.zeros(len(CHANNELS))
    for part in plain.split(250):
        layers = model.spikes(part)
        run.reset()
        answers = [run.step(part[:, t].float()) for t in range(STEPS)]
        for k, mine in enumerate(layers):
            theirs = torch.cat([answer[f"lif{k + 1}"] for answer in answers])
            differing, total = differing + int((theirs != mine).sum()), total + mine.numel()
            fired[k] += float(mine.mean()) * len(part) / len(plain)
        predicted.append(model(part).argmax(1))
        other.append(sum(answer["output"] for answer in answers).argmax(1))
    predicted, other = torch.cat(predicted), torch.cat(other)
    return predicted, {
        "predictions_differing": int((predicted != other).sum()), "spikes_differing": differing,
        "neuron_steps": total, "firing_rates": dict(zip(("lif1", "lif2", "lif3"), fired.round(4).tolist()))}


def digest(plain, labels):
    """What Spikelet's SampleSet.digest() says of the same samples."""
    return hashlib.sha256(plain.numpy().tobytes() + labels.to(torch.uint8).numpy().tobytes()).hexdigest()


def ship(recordings, plain, work):
    model = EventNet()
    model.load_state_dict(torch.load(work / "fold-1.pt", weights_only=True))
    model.eval()
    path = HERE / "models" / "nmnist-frames.nir"
    export(model, path)
    predicted, found = compare(model, path, plain)
    with open(path.with_suffix(".golden.csv"), "w", newline="") as file:
        file.write(f"# Predictions of nmnist-frames on all recordings; maker: nmnist.py, PyTorch {torch.__version__},"
                   f" float32; SHA-256 of frames and labels: {digest(plain, recordings.label)}\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["number", "label", "prediction"])
        rows.writerows(zip(recordings.number, recordings.label.tolist(), predicted.tolist()))
    held_out = fold_of(recordings.label, FOLDS) == 0
    right = predicted == recordings.label
    summary = {
        "seed": SEED, "epochs": EPOCHS, "time_steps": STEPS, "dt": DT, "beta": BETA, "threshold": THRESHOLD,
        "profile": "snntorch", "readout": "potential", "encoder": "event-frames", "window": "whole",
        "count_maximum": MAXIMUM, "held_out_fold": f"1/{FOLDS}",
        "accuracy": {"held_out": float(right[held_out].float().mean()), "trained_on": float(right[~held_out].float().mean())},
        **found, "curves": {f"fold-{k}": json.loads((work / f"fold-{k}.json").read_text()) for k in range(1, FOLDS + 1)
                            if (work / f"fold-{k}.json").exists()}}
    path.with_suffix(".json").write_text(json.dumps(summary) + "\n")
    print(json.dumps({key: summary[key] for key in ("accuracy", *found)}))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="nmnist_train1k.zip")
    options.add_argument("--work", default=HERE / "work" / "nmnist", type=pathlib.Path)
    options.add_argument("--fold", help="K/N: train without fold K of N")
    options.add_argument("--folds", type=int, help="N: train without each fold of N; those in the work folder are kept")
    options.add_argument("--ship", action="store_true", help="write fold 1's network from the work folder into models/")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    given = options.parse_args()
    torch.set_num_threads(1)
    recordings = Recordings(given.data)
    plain = recordings.plain()
    given.work.mkdir(parents=True, exist_ok=True)
    held, folds = map(int, given.fold.split("/")) if given.fold else (0, given.folds or 0)
    right = 0
    for k in [held] if held else range(1, folds + 1):
        state = given.work / f"fold-{k}.pt"
        held_out = fold_of(recordings.label, folds) == k - 1
        chosen = torch.nonzero(~held_out).flatten().numpy()
        if not state.exists():
            model, curve = train(recordings, plain, chosen, torch.nonzero(held_out).flatten(), SEED, given.epochs)
            state.with_suffix(".json").write_text(json.dumps(curve))
            torch.save(model.state_dict(), state)
        model = EventNet()
        model.load_state_dict(torch.load(state, weights_only=True))
        mine = int((predictions(model, plain[held_out]) == recordings.label[held_out]).sum())
        right += mine
        export(model, state.with_suffix(".nir"))
        print(f"fold {k}/{folds}: {mine} of {int(held_out.sum())} in float, {state.with_suffix('.nir')}", flush=True)
    if folds and not held:
        print(f"{right} of {len(recordings.label)} in float")
    if given.ship:
        ship(recordings, plain, given.work)


if __name__ == "__main__":
    main()
