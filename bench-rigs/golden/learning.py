"""Weight updates of the learning rules, by PyTorch's autograd in double precision.

    python3 learning.py

Networks are of integers: an input of sixteenths, weights times a power of two, leaks of a half, thresholds of 1, so that
a board's integers fire the same spikes. Autograd does what the board must do by hand: convolutions with strides, padding and
groups, pools, residual sums, readouts. What the rules cut is detached, and nothing else:

    OTTT    u[t] is its value, which learns by W * trace[t] and passes on by W * s[t]; the loss is that of each step
    E_PROP  u[t] keeps its whole past, of what is fed back and of resets nothing (Bellec et al. 2020, equation 1 with the
            recurrent spikes detached); the readout leaks

Made with torch 2.13.
"""

import numpy as np
import torch
import torch.nn.functional as F

import golden

SEED, LEAK, ONE = 5, 0.5, 16
torch.backends.nnpack.set_flags(False)
torch.set_default_dtype(torch.float64)


class Spike(torch.autograd.Function):
    """u >= 1, with psi(x) = 4 sigma(4x)(1 - sigma(4x)), 0 beyond |x| = 2, as its derivative."""

    @staticmethod
    def forward(ctx, u):
        ctx.save_for_backward(u)
        return (u >= 1).double()

    @staticmethod
    def backward(ctx, grad):
        (u,) = ctx.saved_tensors
        sigma = torch.sigmoid(4 * (u - 1))
        return grad * 4 * sigma * (1 - sigma) * ((u - 1).abs() <= 2)


class Layer:
    """Weights and the membranes that they drive, softly reset; `linear(x, w)` is what they compute."""

    def __init__(self, random, shape, spread, unit, linear):
        self.codes = np.clip(np.rint(random.normal(0, spread, shape)), -100, 100).astype(int)
        self.w = torch.tensor(self.codes * unit, requires_grad=True)
        self.linear = linear
        self.u = 0.0
        self.s = 0.0
        self.trace = 0.0

    def ottt(self, x, is_input, leak=LEAK, others=()):
        """The membrane at this step; x is this step's input, others are (layer, input) that drive it too."""
        value = 0
        path = 0
        for layer, into, late in ((self, x, False), *others):
            layer.trace = into.detach() if is_input and layer is self else leak * layer.trace + into.detach()
            learns = layer.linear(layer.trace, layer.w)
            carries = layer.linear(into.detach() if late else into, layer.w.detach())
            value = value + carries.detach()
            path = path + learns - learns.detach() + carries - carries.detach()
        self.u = leak * (self.u - self.s) + value
        return self.u + path


def dense(x, w):
    return F.linear(x, w)


def conv(stride, padding, groups):
    return lambda x, w: F.conv2d(x, w, stride=stride, padding=padding, groups=groups)


def fired(layer, u):
    s = Spike.apply(u)
    layer.s = s.detach()
    return s


def loss(logits, label):
    return F.cross_entropy(logits[None], torch.tensor([label]))


def entry(name, steps, frames, label, layers):
    case = golden.Case(name).put("steps", [steps]).put("label", [label]).put("frames", frames)
    for key, layer in layers:
        case.put(key, layer.codes)
        case.put(f"{key}.update", np.rint(layer.w.grad.numpy() * 2**20))
    return case


def convolutional(random, number):
    steps, label = 5, int(random.integers(3))
    frames = random.integers(0, 17, (steps, 2, 8, 8))
    a = Layer(random, (6, 2, 3, 3), 30, 1 / 64, conv(1, 1, 1))
    b = Layer(random, (8, 3, 3, 3), 30, 1 / 64, conv(2, 1, 2))
    c = Layer(random, (6, 8), 40, 1 / 64, dense)
    for t in range(steps):
        x = torch.tensor(frames[t] / ONE)[None]
        s = F.max_pool2d(fired(a, a.ottt(x, True)), 2)
        s = F.avg_pool2d(fired(b, b.ottt(s, False)), 2) * 4
        o = fired(c, c.ottt(s.flatten(), False))
        loss(o.view(3, 2).sum(1), label).backward()
    return entry(f"convolutional {number}", steps, frames, label, [("conv1", a), ("conv2", b), ("readout", c)])


def depthwise(random, number):
    steps, label = 6, int(random.integers(3))
    frames = random.integers(0, 17, (steps, 4, 1, 20))
    a = Layer(random, (4, 1, 1, 5), 50, 1 / 64, conv((1, 2), (0, 2), 4))
    b = Layer(random, (6, 40), 30, 1 / 64, dense)
    for t in range(steps):
        s = fired(a, a.ottt(torch.tensor(frames[t] / ONE)[None], True))
        o = fired(b, b.ottt(s.flatten(), False))
        loss(o.view(3, 2).sum(1), label).backward()
    return entry(f"depthwise {number}", steps, frames, label, [("conv1", a), ("readout", b)])


def residual(random, number):
    steps, label = 6, int(random.integers(3))
    frames = random.integers(0, 17, (steps, 10))
    a = Layer(random, (12, 10), 40, 1 / 64, dense)
    b = Layer(random, (12, 12), 40, 1 / 64, dense)
    c = Layer(random, (3, 12), 40, 1 / 64, dense)
    for t in range(steps):
        first = fired(a, a.ottt(torch.tensor(frames[t] / ONE), True))
        second = fired(b, b.ottt(first, False))
        loss(c.ottt(first + second, False, 0), label).backward()
    return entry(f"residual {number}", steps, frames, label, [("first", a), ("second", b), ("readout", c)])


def recurrent(random, number):
    steps, label = 12, int(random.integers(3))
    frames = random.integers(0, 17, (steps, 8))
    a = Layer(random, (12, 8), 40, 1 / 64, dense)
    r = Layer(random, (12, 12), 25, 1 / 64, dense)
    c = Layer(random, (3, 12), 40, 1 / 64, dense)
    before = torch.zeros(12)
    for t in range(steps):
        u = a.ottt(torch.tensor(frames[t] / ONE), True, LEAK, [(r, before, True)])
        s = fired(a, u)
        before = s.detach()
        c.s = 0.0
        loss(c.ottt(s, False), label).backward()
    return entry(f"recurrent {number}", steps, frames, label, [("hidden", a), ("recurrent", r), ("readout", c)])


def e_prop(random, number):
    steps, label = 12, int(random.integers(3))
    frames = random.integers(0, 17, (steps, 8))
    a = Layer(random, (12, 8), 40, 1 / 64, dense)
    r = Layer(random, (12, 12), 25, 1 / 64, dense)
    c = Layer(random, (3, 12), 40, 1 / 64, dense)
    u, s, y, total = torch.zeros(12), torch.zeros(12), torch.zeros(3), 0
    for t in range(steps):
        u = LEAK * (u - s.detach()) + dense(torch.tensor(frames[t] / ONE), a.w) + dense(s.detach(), r.w)
        s = Spike.apply(u)
        y = LEAK * y + dense(s, c.w)
        total = total + loss(y, label)
    total.backward()
    return entry(f"e-prop {number}", steps, frames, label, [("hidden", a), ("recurrent", r), ("readout", c)])


def main():
    random = np.random.default_rng(SEED)
    cases = []
    for make in (convolutional, depthwise, residual, recurrent, e_prop):
        for number in range(6):
            cases.append(make(random, number))
    what = f"torch {torch.__version__}, doubles; gradients times 2^20"
    golden.write("learning", "learning.py", SEED, cases, what)


if __name__ == "__main__":
    main()
