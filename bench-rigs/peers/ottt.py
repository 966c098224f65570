"""The float control of `spikelet bench scratch`: OTTT (Xiao et al., NeurIPS 2022, arXiv 2210.04195) in PyTorch, float32.

    python3 ottt.py FOLDER

FOLDER holds what the bench wrote: task.json and raw little-endian arrays, so that network, initial weights, samples and
their order are the bench's own. Rule, accumulated over the steps of one sample (OTTT_A), batch 1:

    u <- u/2 + W x + b, s = [u >= 1], u <- u - s (before the next step);  o_t = V s_t + c
    e = softmax(o_t) - onehot(y);  g = (V^T e) psi(u - 1), psi(x) = 4 sigma(4x)(1 - sigma(4x)), 0 beyond |x| = 2
    dW = sum_t g x^T, dV = sum_t e s_t^T;  step eta / (1 + n / halving)

Written from the equations. Prints one JSON object: accuracy and the mean time of one learning step.
"""

import json
import pathlib
import sys
import time

import numpy as np
import torch


def main():
    folder = pathlib.Path(sys.argv[1])
    task = json.loads((folder / "task.json").read_text())
    torch.set_num_threads(1)

    def array(name, kind):
        return torch.from_numpy(np.fromfile(folder / name, kind).copy())

    inputs, hidden, classes, steps = task["inputs"], task["hidden"], task["classes"], task["steps"]
    x = array("samples.u8", np.uint8).view(-1, inputs).float() / task["full_scale"]
    y = array("labels.u8", np.uint8).long()
    xt = array("test-samples.u8", np.uint8).view(-1, inputs).float() / task["full_scale"]
    yt = array("test-labels.u8", np.uint8).long()
    w = array("hidden.f32", "<f4").view(hidden, inputs).T.contiguous()
    v = array("readout.f32", "<f4").view(classes, hidden).T.contiguous()
    b, c = torch.zeros(hidden), torch.zeros(classes)
    order = array("order.i32", "<i4").tolist()

    start = time.perf_counter()
    for n, sample in enumerate(order):
        image, label = x[sample], int(y[sample])
        current = image @ w + b
        u = torch.zeros(hidden)
        s = torch.zeros(hidden)
        post, errors = torch.zeros(hidden), torch.zeros(classes)
        dv = torch.zeros(hidden, classes)
        for _ in range(steps):
            u = 0.5 * (u - s) + current
            s = (u >= 1).float()
            e = torch.softmax(s @ v + c, 0)
            e[label] -= 1
            sigma = torch.sigmoid(4 * (u - 1))
            psi = 4 * sigma * (1 - sigma)
            psi[(u - 1).abs() > 2] = 0
            post += (v @ e) * psi
            dv += torch.outer(s, e)
            errors += e
        halving = task["halving"]
        rate = task["rate"] / (1 + n / halving if halving else 1)
        w -= rate * torch.outer(image, post)
        b -= rate * post
        v -= rate * dv
        c -= rate * errors
    seconds = time.perf_counter() - start

    current = xt @ w + b
    u, s, out = torch.zeros(len(xt), hidden), torch.zeros(len(xt), hidden), torch.zeros(len(xt), classes)
    for _ in range(steps):
        u = 0.5 * (u - s) + current
        s = (u >= 1).float()
        out += s @ v + c
    right = int((out.argmax(1) == yt).sum())
    print(json.dumps({"right": right, "micros": seconds / max(1, len(order)) * 1e6}))


if __name__ == "__main__":
    with torch.no_grad():
        main()
