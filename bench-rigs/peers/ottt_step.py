"""One training step of OTTT (Xiao et al., NeurIPS 2022, arXiv 2210.04195) in PyTorch, timed: the peers of W5.

    python3 ottt_step.py [--seconds 3]

784-512-512-10, T = 6, batch 1, one thread: leak 1/2, threshold 1, soft reset, sigmoid surrogate of slope 4, cross-entropy at
each step, gradients accumulated over the steps, then one step of SGD without momentum (OTTT_A). Two ways:

    autograd   as published: each weighted layer runs twice, once for the spikes and once on the traces, whose graph carries
               the gradient; the loss goes backward at every time step
    by hand    the equations in tensor operations, no graph; outer products summed over the steps

Weights and inputs are random; rows of 784 values in 0..1. Prints one JSON object: {"autograd": µs, "by hand": µs, "torch":
version}, medians of one learning step. Time is the processor's, so that other programs hardly show in it. Run in turns with the
board's learner by `spikelet bench learner --python python3`.
"""

import argparse
import json
import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch

WIDTHS, STEPS, LEAK, THRESHOLD, RATE = (784, 512, 512, 10), 6, 0.5, 1.0, 1e-3


class Spike(torch.autograd.Function):
    @staticmethod
    def forward(context, distance):
        context.save_for_backward(distance)
        return (distance >= 0).to(distance)

    @staticmethod
    def backward(context, gradient):
        (distance,) = context.saved_tensors
        sigma = torch.sigmoid(4 * distance)
        return gradient * 4 * sigma * (1 - sigma)


class TraceForGradient(torch.autograd.Function):
    """Gives the trace; the gradient goes to the spike."""

    @staticmethod
    def forward(context, spike, trace):
        return trace

    @staticmethod
    def backward(context, gradient):
        return gradient, gradient


class OutputWithTrace(torch.autograd.Function):
    """Gives what the spikes drove; the gradient goes through what the traces drove."""

    @staticmethod
    def forward(context, of_traces, of_spikes):
        return of_spikes

    @staticmethod
    def backward(context, gradient):
        return gradient, gradient


class Published(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(WIDTHS, WIDTHS[1:]))

    def start(self):
        self.u = [torch.zeros(1, n) for n in WIDTHS[1:-1]]
        self.trace = [torch.zeros(1, n) for n in WIDTHS[1:-1]]

    def forward(self, image):
        driven = self.layers[0](image)
        for k, layer in enumerate(self.layers[1:]):
            self.u[k] = LEAK * self.u[k].detach() + driven
            spike = Spike.apply(self.u[k] - THRESHOLD)
            self.u[k] = self.u[k] - THRESHOLD * spike.detach()
            with torch.no_grad():
                self.trace[k] = LEAK * self.trace[k] + spike
                of_spikes = layer(spike)
            driven = OutputWithTrace.apply(layer(TraceForGradient.apply(spike, self.trace[k])), of_spikes)
        return driven


def published():
    model = Published()
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss()

    def step(image, label):
        model.start()
        optimiser.zero_grad()
        for _ in range(STEPS):
            loss = loss_of(model(image), label) / STEPS
            loss.backward()
        optimiser.step()

    return step


def by_hand():
    weights = [torch.randn(a, b) / a ** 0.5 for a, b in zip(WIDTHS, WIDTHS[1:])]
    biases = [torch.zeros(b) for b in WIDTHS[1:]]

    @torch.no_grad()
    def step(image, label):
        image, label = image[0], int(label)
        current = image @ weights[0] + biases[0]
        u = [torch.zeros(n) for n in WIDTHS[1:-1]]
        trace = [torch.zeros(n) for n in WIDTHS[1:-1]]
        gradients = [torch.zeros_like(w) for w in weights[1:]]
        posts = [torch.zeros(n) for n in WIDTHS[1:]]
        for _ in range(STEPS):
            driven, slopes = current, []
            for k in range(2):
                u[k] = LEAK * u[k] + driven
                s = (u[k] >= THRESHOLD).float()
                sigma = torch.sigmoid(4 * (u[k] - THRESHOLD))
                slopes.append(4 * sigma * (1 - sigma))
                u[k] -= THRESHOLD * s
                trace[k] = LEAK * trace[k] + s
                driven = s @ weights[k + 1] + biases[k + 1]
            error = torch.softmax(driven, 0)
            error[label] -= 1
            for k in (2, 1, 0):
                posts[k] += error
                if k > 0:
                    gradients[k - 1] += torch.outer(trace[k - 1], error)
                    error = (weights[k] @ error) * slopes[k - 1]
        weights[0] -= RATE * torch.outer(image, posts[0])
        for k in (1, 2):
            weights[k] -= RATE * gradients[k - 1]
        for k in range(3):
            biases[k] -= RATE * posts[k]

    return step


def timed(step, seconds):
    """The median of µs a step, each timed by itself, after a warm-up of a third of the time."""
    images = torch.rand(32, 1, WIDTHS[0])
    labels = torch.randint(0, WIDTHS[-1], (32, 1))
    micros, until, warm = [], time.perf_counter() + seconds, time.perf_counter() + seconds / 3
    count = 0
    while time.perf_counter() < until or len(micros) < 10:
        began = time.process_time()
        step(images[count % 32], labels[count % 32])
        count += 1
        if time.perf_counter() > warm:
            micros.append((time.process_time() - began) * 1e6)
    return statistics.median(micros)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=3.0, help="of each way")
    given = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    print(json.dumps({"autograd": timed(published(), given.seconds), "by hand": timed(by_hand(), given.seconds),
                      "torch": torch.__version__}))


if __name__ == "__main__":
    main()
