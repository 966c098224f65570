"""Writes the trained Fashion-MNIST networks as NIR, with their golden predictions and their curves (`curve.json` beside the
state), and holds the files against PyTorch.

    python3 fashion_export.py onestep --data FOLDER --state work/fashion-onestep/model.pt
    python3 fashion_export.py binary  --data FOLDER --state work/fashion-binary/model.pt
    python3 fashion_export.py sew     --data FOLDER --state work/fashion-sew/model.pt

One time step: batch norm, v_threshold and the Hoyer extremum h go into each convolution, so that every Threshold is 1:
    w' = w gamma / (sigma v_th h),   b' = (beta - gamma mu / sigma) / (v_th h),   gamma > 0
Rows of +-alpha stay rows of one absolute value. A maximum of potentials is an OR of spikes: SumPool2d, Threshold 0.5.
Four steps (SEW): batch norm goes into the convolution; IF with v_threshold theta, to be run under profile `subtract`;
the residual addition is a second edge into the next node, behind an OR of its own where the block pools; the output is the
affine readout, to be summed over time.
"""

import argparse
import csv
import json
import pathlib

import numpy as np
import torch

from fashion import CLASSES, as_current, folded, load
from fashion_onestep import OneStep
from fashion_sew import STEPS, Sew
from nir_run import NirRun
from snn import DT, NirFile

HERE = pathlib.Path(__file__).parent


def add_convolution(nir, name, conv, weight, bias, extent):
    nir.add(name, "Conv2d", weight=weight.float(), bias=bias.float(), stride=np.array(conv.stride),
            padding=np.array(conv.padding), dilation=np.array(conv.dilation), groups=conv.groups,
            input_shape=np.array([extent, extent]))


def add_readout(nir, readout, channels, extent):
    nir.add("flatten", "Flatten", start_dim=0, end_dim=-1, input_type=np.array([channels, extent, extent]))
    nir.add("readout", "Affine", weight=readout.weight, bias=readout.bias)
    nir.add("output", "Output", shape=np.array([CLASSES]))


@torch.no_grad()
def export_onestep(model, path):
    nir, extent = NirFile(path), 28
    nir.add("input", "Input", shape=np.array([1, 28, 28]))
    for k, stage in enumerate(model.stages, 1):
        factor, offset = folded(stage.norm)
        if (factor <= 0).any() or (stage.extremum <= 0).any():
            raise SystemExit(f"stage {k}: batch norm's gain and the Hoyer extremum must be above 0 to be folded")
        unit = stage.v_threshold.double().abs() * stage.extremum.double()
        weight = stage.weight().double()
        scaled = (weight * (factor / unit)[:, None, None, None]).float()
        if stage.binary:
            alpha = (weight.abs().amax((1, 2, 3)) * factor / unit).float()
            scaled = torch.where(weight >= 0, alpha[:, None, None, None], -alpha[:, None, None, None])
        add_convolution(nir, f"conv{k}", stage.conv, scaled, offset / unit, extent)
        nir.add(f"spike{k}", "Threshold", threshold=np.ones(1, np.float32))
        if stage.pooled:
            extent //= 2
            two = np.array([2, 2])
            nir.add(f"pool{k}", "SumPool2d", kernel_size=two, stride=two, padding=np.array([0, 0]))
            nir.add(f"or{k}", "Threshold", threshold=np.full(1, 0.5, np.float32))
    add_readout(nir, model.readout, model.stages[-1].conv.out_channels, extent)
    nir.close()


def add_or(nir, source, name):
    """The OR of 2x2 spikes of a node that others read too."""
    two = np.array([2, 2])
    nir.last = source
    nir.add(f"{name}.sum", "SumPool2d", kernel_size=two, stride=two, padding=np.array([0, 0]))
    nir.add(name, "Threshold", threshold=np.full(1, 0.5, np.float32))
    return name


@torch.no_grad()
def export_sew(model, path):
    nir, extent, given = NirFile(path), 28, []
    nir.add("input", "Input", shape=np.array([1, 28, 28]))
    for k, stage in enumerate(model.stages, 1):
        factor, offset = folded(stage.norm)
        add_convolution(nir, f"conv{k}", stage.conv, stage.conv.weight.double() * factor[:, None, None, None], offset, extent)
        for source in given[1:]:
            nir.edge(source, f"conv{k}")
        shape = (stage.conv.out_channels, extent, extent)
        fill = lambda value: np.full(shape, value, np.float32)
        nir.add(f"if{k}", "IF", r=fill(1 / DT), v_threshold=fill(float(stage.theta)), v_reset=fill(0))
        beside = given if stage.adds else []
        if stage.pooled:
            extent //= 2
            beside = [add_or(nir, source, f"or{k}.beside") for source in beside]
            given = [add_or(nir, f"if{k}", f"or{k}"), *beside]
        else:
            given = [f"if{k}", *beside]
        nir.last = given[0]
    add_readout(nir, model.readout, model.stages[-1].conv.out_channels, extent)
    for source in given[1:]:
        nir.edge(source, "flatten")
    nir.close()


def model_spikes(model, x):
    """(stages) spikes of each stage behind its pool, without the residual addition, and the logits; SEW unrolled."""
    spikes, taps = [], []
    if isinstance(model, Sew):
        for k, stage in enumerate(model.stages):
            fired = stage.spikes(x, k == 0)
            spikes.append(torch.nn.functional.max_pool2d(fired, 2) if stage.pooled else fired)
            x = stage.joined(fired, x)
        return spikes, model.readout(x.flatten(1)).view(STEPS, -1, CLASSES).mean(0)
    for stage in model.stages:
        taps.append(stage.register_forward_hook(lambda _, __, y: spikes.append(y)))
    logits = model(x)
    for tap in taps:
        tap.remove()
    return spikes, logits


@torch.no_grad()
def compare(model, path, data, images):
    """Runs file and model side by side on the test images; gives labels, the model's predictions and what differs."""
    x, y = load(data, "t10k")
    x, y = x[:images], y[:images]
    steps = STEPS if isinstance(model, Sew) else 1
    run = NirRun(path)
    names = [f"or{k}" if f"or{k}" in run.nodes else f"spike{k}" if f"spike{k}" in run.nodes else f"if{k}"
             for k in range(1, len(model.stages) + 1)]
    differing, total, predicted, other = dict.fromkeys(names, 0), dict.fromkeys(names, 0), [], []
    for part in x.split(250):
        current = as_current(part)
        spikes, logits = model_spikes(model, current)
        run.reset()
        answers = [run.step(current) for _ in range(steps)]
        for name, mine in zip(names, spikes):
            theirs = torch.cat([answer[name] for answer in answers])
            differing[name] += int((theirs != mine.round()).sum())
            total[name] += mine.numel()
        predicted.append(logits.argmax(1))
        other.append(sum(answer["output"] for answer in answers).argmax(1))
    predicted, other = torch.cat(predicted), torch.cat(other)
    return y, predicted, {
        "images": len(y), "accuracy_model": float((predicted == y).float().mean()),
        "accuracy_file": float((other == y).float().mean()), "predictions_differing": int((predicted != other).sum()),
        "spikes_differing": differing, "neuron_steps": total}


def write_golden(path, name, labels, predicted):
    with open(path, "w", newline="") as file:
        file.write(f"# Predictions of {name} on the 10,000 test images; maker: fashion_export.py, PyTorch "
                   f"{torch.__version__}, float32\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["index", "label", "prediction"])
        rows.writerows([i, int(a), int(b)] for i, (a, b) in enumerate(zip(labels, predicted)))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", choices=("onestep", "binary", "sew"))
    options.add_argument("--data", required=True, help="the folder of the four IDX files")
    options.add_argument("--state", required=True, help="a state dict, or a checkpoint of the training loop")
    options.add_argument("--out", default=HERE / "models", type=pathlib.Path)
    options.add_argument("--images", type=int, default=10_000, help="test images to compare on")
    options.add_argument("--threads", type=int, default=1)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    model = Sew() if given.model == "sew" else OneStep(given.model == "binary")
    state = torch.load(given.state, weights_only=True)
    model.load_state_dict(state.get("model", state))
    model.eval()
    name = f"fashion-{given.model}"
    path = given.out / f"{name}.nir"
    if given.model == "sew":
        model.unrolled = True
        export_sew(model, path)
    else:
        export_onestep(model, path)
    labels, predicted, found = compare(model, path, given.data, given.images)
    write_golden(given.out / f"{name}.golden.csv", name, labels, predicted)
    curve = pathlib.Path(given.state).with_name("curve.json")
    told = {"seed": 7, **found, "curve": json.loads(curve.read_text()) if curve.exists() else []}
    (given.out / f"{name}.json").write_text(json.dumps(told) + "\n")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
