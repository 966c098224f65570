"""How far OTTT on the two dense layers can follow a changed sensor: the float study behind the demo's settings.

The change is real for a camera or scanner that was remounted: the image is turned about its centre (bilinear, nothing
outside) and the sensor's gain falls; values are rounded and clamped to the scanner's 0..16 again. The board then learns
from 200 labelled samples of the calibration part, shifted alike, and is measured on the shifted test part.

    python3 adaptation_study.py       # prints the table of models/digits-conv-adaptation.md

Rule (OTTT_A of Xiao et al., NeurIPS 2022, spike-count readout), batch 1, for t = 1..T:
    trace  a <- beta a + s        error e = softmax(kappa * spikes of each class) - onehot
    g = e psi(u - 1)              dW += g a^T, db += g; hidden error = W^T g, spatial only
    after T steps  W -= eta dW
"""

import math
import pathlib

import h5py
import numpy as np
import torch

from digits_conv import CLASSES, POPULATION, STEPS, load
from snn import BETA, THRESHOLD

HERE = pathlib.Path(__file__).parent
ANGLE, GAIN = 25.0, 0.7
KAPPA, ETA, PASSES = 0.5, 2.0 ** -7, 5


def shifted(x, angle=ANGLE, gain=GAIN):
    """x: (n, 1, 8, 8) in 0..1, sixteenths; the same in and out."""
    n, _, height, width = x.shape
    turn = math.radians(angle)
    out = np.zeros((n, height, width))
    image = (x.numpy()[:, 0] * 16).round()
    for y in range(height):
        for column in range(width):
            dy, dx = y - (height - 1) / 2, column - (width - 1) / 2
            sy = math.cos(turn) * dy - math.sin(turn) * dx + (height - 1) / 2
            sx = math.sin(turn) * dy + math.cos(turn) * dx + (width - 1) / 2
            y0, x0 = math.floor(sy), math.floor(sx)
            for yy, wy in ((y0, 1 - (sy - y0)), (y0 + 1, sy - y0)):
                for xx, wx in ((x0, 1 - (sx - x0)), (x0 + 1, sx - x0)):
                    if 0 <= yy < height and 0 <= xx < width:
                        out[:, y, column] += wy * wx * image[:, yy, xx]
    return torch.from_numpy(np.clip(np.floor(out * gain + 0.5), 0, 16)[:, None]).float() / 16


def parameters():
    with h5py.File(HERE / "models" / "digits-conv.nir") as file:
        nodes = file["node/nodes"]
        return {name: (torch.from_numpy(nodes[name]["weight"][:]), torch.from_numpy(nodes[name]["bias"][:]))
                for name in ("conv1", "conv2", "hidden", "readout")}


def lif(v, current):
    u = BETA * v + current
    s = (u > THRESHOLD).float()
    return u, s, u * (1 - s)


def features(p, x):
    """The frozen front: spikes of the second convolution, (T, n, 384)."""
    conv = torch.nn.functional.conv2d
    c1 = conv(x, *p["conv1"], padding=1)
    v1, v2, out = torch.zeros_like(c1), 0, []
    for _ in range(STEPS):
        _, s1, v1 = lif(v1, c1)
        _, s2, v2 = lif(v2, conv(torch.nn.functional.avg_pool2d(s1, 2) * 4, *p["conv2"], padding=1))
        out.append(s2.flatten(1))
    return torch.stack(out)


def psi(x):
    s = torch.sigmoid(4 * x)
    return torch.where(x.abs() > 2, torch.zeros_like(x), 4 * s * (1 - s))


def counts(w, f):
    vh, vo, total = 0, 0, 0
    for t in range(STEPS):
        _, sh, vh = lif(vh, f[t] @ w[0].T + w[1])
        _, so, vo = lif(vo, sh @ w[2].T + w[3])
        total = total + so
    return total.view(-1, CLASSES, POPULATION).sum(2)


def accuracy(w, f, y):
    return float((counts(w, f).argmax(1) == y).float().mean())


def learn(w, f, y, order, eta=ETA, kappa=KAPPA, hidden=True):
    for i in order:
        vh = vo = ah = ai = 0
        g = [torch.zeros_like(q) for q in w]
        target = torch.zeros(CLASSES)
        target[y[i]] = 1
        for t in range(STEPS):
            s = f[t, i]
            ai = BETA * ai + s
            uh, sh, vh = lif(vh, w[0] @ s + w[1])
            ah = BETA * ah + sh
            uo, so, vo = lif(vo, w[2] @ sh + w[3])
            e = torch.softmax(kappa * so.view(CLASSES, POPULATION).sum(1), 0) - target
            go = e.repeat_interleave(POPULATION) * psi(uo - THRESHOLD)
            g[2] += torch.outer(go, ah)
            g[3] += go
            if hidden:
                gh = (w[2].T @ go) * psi(uh - THRESHOLD)
                g[0] += torch.outer(gh, ai)
                g[1] += gh
        for q, d in zip(w, g):
            q -= eta * d


def study(angle, gain, eta, kappa, passes, seeds=5):
    p = parameters()
    fresh = lambda: [q.clone() for q in (*p["hidden"], *p["readout"])]
    (xc, yc), (xt, yt) = load("calibration"), load("test")
    before = accuracy(fresh(), features(p, xt), yt)
    fc, ft = features(p, shifted(xc, angle, gain)), features(p, shifted(xt, angle, gain))
    after_shift = accuracy(fresh(), ft, yt)
    rows = {"ottt": [], "last layer only": [], "shuffled labels": []}
    for seed in range(seeds):
        g = torch.Generator().manual_seed(seed)
        orders = torch.cat([torch.randperm(len(yc), generator=g) for _ in range(passes)]).tolist()
        shuffled = yc[torch.randperm(len(yc), generator=g)]
        for name, labels, hidden in (("ottt", yc, True), ("last layer only", yc, False), ("shuffled labels", shuffled, True)):
            w = fresh()
            learn(w, fc, labels, orders, eta, kappa, hidden)
            rows[name].append(accuracy(w, ft, yt))
    return before, after_shift, rows


def main():
    before, after_shift, rows = study(ANGLE, GAIN, ETA, KAPPA, PASSES)
    print(f"| {ANGLE:g} degrees, gain {GAIN:g}; eta {ETA:g}, kappa {KAPPA:g}, {PASSES} passes of 200 | test accuracy | won back |")
    print("|---|---|---|")
    print(f"| before the shift | {before:.3f} | |\n| after it | {after_shift:.3f} | 0 % |")
    for name, values in rows.items():
        mean = sum(values) / len(values)
        print(f"| {name}, {len(values)} orders | {mean:.3f} ({min(values):.3f}..{max(values):.3f}) |"
              f" {100 * (mean - after_shift) / (before - after_shift):.0f} % |")


if __name__ == "__main__":
    main()
