"""The controls of `spikelet bench adapt` that live in Python: plain classifiers, and the same network in float32.

    python3 adapt_controls.py FOLDER [--plain]

FOLDER holds a folder for each course, as the bench wrote it: course.json, vectors.u8 (count, inputs), labels.u8,
plain.i32 (count, features; the yardstick's own, or empty), hidden.f32 and readout.f32 (outputs, inputs; the random weights
before anything was learned), lessons.u8 (a label, then a vector, for everything that the adapted network learned, in its
order) and lesson-counts.json (how many before the first stage, then in each).

Methods. LDA (or logistic regression where there are no plain features) is scikit-learn's, with its defaults; "refit" is
fitted anew at each stage with everything that was told so far, from the first day on. "our features" are the vectors that
the network sees. OTTT is Xiao et al., NeurIPS 2022, accumulated over the steps of one sample, batch 1, as in ottt.py.
BPTT trains the same network through time and reset (surrogate of OTTT), in batches with Adam, anew from the random weights
at each stage with everything that was told so far. Courses without stages, and all with --plain, have classifiers alone.

Prints {"results": [{"course", "method", "before", "after", "stages"}]}.
"""

import json
import pathlib
import sys
import warnings

import numpy as np
import torch
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

BPTT_EPOCHS = 30
BPTT_BATCH = 64
BPTT_RATE = 0.003


class Course:
    def __init__(self, folder):
        task = json.loads((folder / "course.json").read_text())
        self.folder = folder
        self.inputs, self.classes, self.steps = task["inputs"], task["classes"], task["steps"]
        self.hidden, self.rate = task["hidden"], task["rate"]
        self.vectors = np.fromfile(folder / "vectors.u8", np.uint8).reshape(-1, self.inputs)
        self.labels = np.fromfile(folder / "labels.u8", np.uint8).astype(np.int64)
        self.plain = np.fromfile(folder / "plain.i32", "<i4").reshape(len(self.labels), -1)
        self.before, self.held_out = np.array(task["before"]), np.array(task["held_out"])
        self.stages = [
            (np.array(stage["learned"], int), np.array(stage["tested"], int)) for stage in task["stages"]
        ]

    def signed(self):
        """Each feature once, above its mean or below it."""
        half = self.inputs // 2
        return self.vectors[:, :half].astype(np.float64) - self.vectors[:, half:]


def frozen(course, features, model):
    model.fit(features[course.before], course.labels[course.before])
    right = lambda which: float(model.score(features[which], course.labels[which]))
    held = right(course.held_out)
    return held, held, [right(tested) for _, tested in course.stages]


def refit(course, features, model):
    told = course.before
    right = lambda which: float(model.score(features[which], course.labels[which]))
    model.fit(features[told], course.labels[told])
    before, stages = right(course.held_out), []
    for learned, tested in course.stages:
        if len(learned):
            told = np.concatenate([told, learned])
            model.fit(features[told], course.labels[told])
        stages.append(right(tested))
    return before, right(course.held_out), stages


class Network:
    """inputs -> leaking neurons -> summed potentials; u <- u/2 + W x + b, a spike at 1 and above, soft reset."""

    def __init__(self, course):
        array = lambda name, rows: torch.from_numpy(np.fromfile(course.folder / name, "<f4").reshape(rows, -1).T.copy())
        self.steps, self.rate = course.steps, course.rate
        self.w, self.v = array("hidden.f32", course.hidden), array("readout.f32", course.classes)
        self.b, self.c = torch.zeros(course.hidden), torch.zeros(course.classes)
        self.course = course
        self.x = torch.from_numpy(course.vectors.astype(np.float32) / 255)
        self.y = torch.from_numpy(course.labels)

    @torch.no_grad()
    def learn(self, x, label):
        """One step of OTTT."""
        current = x @ self.w + self.b
        u, s = torch.zeros_like(self.b), torch.zeros_like(self.b)
        post, errors, dv = torch.zeros_like(self.b), torch.zeros_like(self.c), torch.zeros_like(self.v)
        for _ in range(self.steps):
            u = 0.5 * (u - s) + current
            s = (u >= 1).float()
            e = torch.softmax(s @ self.v + self.c, 0)
            e[label] -= 1
            sigma = torch.sigmoid(4 * (u - 1))
            psi = 4 * sigma * (1 - sigma)
            psi[(u - 1).abs() > 2] = 0
            post += (self.v @ e) * psi
            dv.addr_(s, e)
            errors += e
        self.w.addr_(x, post, alpha=-self.rate)
        self.b -= self.rate * post
        self.v -= self.rate * dv
        self.c -= self.rate * errors

    def potentials(self, x, spike):
        current = x @ self.w + self.b
        u, s, out = torch.zeros_like(current), torch.zeros_like(current), 0
        for _ in range(self.steps):
            u = 0.5 * (u - s) + current
            s = spike(u)
            out = out + s @ self.v + self.c
        return out

    @torch.no_grad()
    def right(self, which):
        out = self.potentials(self.x[which], lambda u: (u >= 1).float())
        return float((out.argmax(1) == self.y[which]).float().mean())


class Spike(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u):
        ctx.save_for_backward(u)
        return (u >= 1).float()

    @staticmethod
    def backward(ctx, above):
        (u,) = ctx.saved_tensors
        sigma = torch.sigmoid(4 * (u - 1))
        return above * 4 * sigma * (1 - sigma)


def ottt(course):
    network = Network(course)
    lessons = np.fromfile(course.folder / "lessons.u8", np.uint8).reshape(-1, 1 + course.inputs)
    counts = json.loads((course.folder / "lesson-counts.json").read_text())["counts"]
    at, before, stages = 0, None, []
    for part, count in enumerate(counts):
        labels = lessons[at : at + count, 0].tolist()
        vectors = torch.from_numpy(lessons[at : at + count, 1:].astype(np.float32) / 255)
        for k in range(count):
            network.learn(vectors[k], labels[k])
        at += count
        if part == 0:
            before = network.right(course.held_out)
        else:
            stages.append(network.right(course.stages[part - 1][1]))
    return before, network.right(course.held_out), stages


def bptt(course):
    def trained(told):
        network = Network(course)
        parameters = [network.w, network.v, network.b, network.c]
        for parameter in parameters:
            parameter.requires_grad_()
        optimiser = torch.optim.Adam(parameters, BPTT_RATE)
        torch.manual_seed(1)
        for _ in range(BPTT_EPOCHS):
            for batch in torch.from_numpy(told)[torch.randperm(len(told))].split(BPTT_BATCH):
                out = network.potentials(network.x[batch], Spike.apply) / course.steps
                optimiser.zero_grad()
                torch.nn.functional.cross_entropy(out, network.y[batch]).backward()
                optimiser.step()
        return network

    told, stages = course.before, []
    network = trained(told)
    before = network.right(course.held_out)
    for learned, tested in course.stages:
        if len(learned):
            told = np.concatenate([told, learned])
            network = trained(told)
        stages.append(network.right(tested))
    return before, network.right(course.held_out), stages


def methods(course):
    ours = course.signed()
    if course.plain.size:
        plain = course.plain.astype(np.float64)
        yield "LDA, frozen", frozen(course, plain, LinearDiscriminantAnalysis())
        yield "LDA, refit", refit(course, plain, LinearDiscriminantAnalysis())
        yield "LDA, refit, our features", refit(course, ours, LinearDiscriminantAnalysis())
    else:
        logistic = lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=300))
        yield "logistic regression, frozen, our features", frozen(course, ours, logistic())
        yield "logistic regression, refit, our features", refit(course, ours, logistic())
    if course.stages and "--plain" not in sys.argv:
        yield "OTTT, float32, PyTorch", ottt(course)
        yield "BPTT, float32, refit", bptt(course)


def main():
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", message="Variables are collinear")
    results = []
    folders = sorted(one for one in pathlib.Path(sys.argv[1]).iterdir() if one.is_dir())
    for index, folder in enumerate(folders):
        course = Course(folder)
        for method, (before, after, stages) in methods(course):
            results.append(
                {"course": index, "method": method, "before": before, "after": after, "stages": stages}
            )
            if course.stages:
                print(f"{folder.name} {method}", file=sys.stderr, flush=True)
    print(json.dumps({"results": results}))


if __name__ == "__main__":
    main()
