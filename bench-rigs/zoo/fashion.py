"""What the Fashion-MNIST scripts of the zoo share: the data, its augmentation, and a training loop that survives a stop.

The four IDX files are the official ones of github.com/zalandoresearch/fashion-mnist (MIT licence); a folder that holds
them is named on the command line, and each file's MD5 is held against the one that its authors publish.
"""

import gzip
import hashlib
import json
import pathlib
import time

import numpy as np
import torch

MD5 = {
    "train-images-idx3-ubyte.gz": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    "train-labels-idx1-ubyte.gz": "25c81989df183df01b3e8a0aad5dffbe",
    "t10k-images-idx3-ubyte.gz": "bef4ecab320f06d8554ea6380940ec79",
    "t10k-labels-idx1-ubyte.gz": "bb300cfdad3c16e7a12a480ee83cd310",
}
CLASSES = 10

# The layers of the one-step network and of its conventional twin: filters, and whether a 2x2 maximum follows.
CHANNELS = (32, 64, 64, 128, 128)
POOLED = (True, False, True, False, False)

# How much of a pupil's loss are its teacher's answers, and by what their logits are divided first.
TAUGHT, TEMPERATURE = 0.8, 3.0


def read_idx(folder, name):
    packed = (pathlib.Path(folder) / name).read_bytes()
    if hashlib.md5(packed).hexdigest() != MD5[name]:
        raise SystemExit(f"{folder}/{name} is not the official file: its MD5 should be {MD5[name]}")
    raw = gzip.decompress(packed)
    shape = [int.from_bytes(raw[4 + 4 * k:8 + 4 * k], "big") for k in range(raw[3])]
    return torch.from_numpy(np.frombuffer(raw, np.uint8, offset=4 + 4 * len(shape)).reshape(shape).copy())


def load(folder, part, limit=None):
    """(n, 28, 28) uint8 pixels and (n) labels of `train` or `t10k`; only the first of them where there is a limit."""
    images = read_idx(folder, f"{part}-images-idx3-ubyte.gz")
    labels = read_idx(folder, f"{part}-labels-idx1-ubyte.gz").long()
    return images[:limit], labels[:limit]


def augmented(x, generator, erase=7):
    """x: (n, 28, 28) uint8. Shifted by up to 2 pixels, mirrored half of the time, one square blanked in every fourth."""
    n = len(x)
    padded = torch.nn.functional.pad(x, (2, 2, 2, 2))
    dy, dx = torch.randint(0, 5, (2, n, 1), generator=generator)
    rows, columns = torch.arange(28)[None] + dy, torch.arange(28)[None] + dx
    mirror = torch.rand(n, 1, generator=generator) < 0.5
    columns = torch.where(mirror, columns.flip(1), columns)
    moved = padded[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]
    top, left = torch.randint(0, 28 - erase + 1, (2, n, 1), generator=generator)
    line = torch.arange(28)[None]
    hole = ((line >= top) & (line < top + erase))[:, :, None] & ((line >= left) & (line < left + erase))[:, None, :]
    hole &= (torch.rand(n, 1, 1, generator=generator) < 0.25)
    return moved.masked_fill(hole, 0)


def as_current(x):
    """Pixels as the network takes them: (n, 1, 28, 28), pixel / 255."""
    return x[:, None].float() / 255


def folded(norm):
    """(channels) factor and offset of a batch norm at test, in double."""
    sigma = (norm.running_var.double() + norm.eps).sqrt()
    factor = norm.weight.double() / sigma
    return factor, norm.bias.double() - factor * norm.running_mean.double()


@torch.no_grad()
def accuracy(model, x, y, batch=500):
    was_training = model.training
    model.eval()
    right = sum(int((model(as_current(a)).argmax(1) == b).sum()) for a, b in zip(x.split(batch), y.split(batch)))
    model.train(was_training)
    return right / len(y)


@torch.no_grad()
def softened(teacher, images, mirrored, half):
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        answer = teacher(images)
        if mirrored:
            answer = (answer + teacher(images.flip(3))) / 2
    return torch.softmax(answer.float() / TEMPERATURE, 1)


def fit(model, folder, work, *, epochs, batch=128, rate=2e-3, decay=5e-3, seed=7, teacher=None, after_step=None,
        compiled=True, loss_terms=None, before_step=None, limit=None, half=False, mirrored_teacher=False,
        average=None, answers=None):
    """Trains on all 60,000 images, one cycle of AdamW; no epoch is picked, the last one counts.

    teacher: a float network whose softened answers carry TAUGHT of the loss.
    loss_terms(): what the model adds to the loss, from its latest forward pass.
    limit: train and test on the first images alone, to try a script out.
    half: products of 16-bit brain floats, sums, weights and all else of 32: nearly twice as fast where a processor has them.
    mirrored_teacher: the teacher's answer is its mean over an image and its mirror image.
    answers: (60,000, 10) softened answers to each whole image, which then teach in place of the teacher's to each view.
    average: how much of the running mean of weights and statistics stays at each batch; the mean is what is left at the end,
        and the last entry of the curve tells its test accuracy. A stopped run begins its mean anew.
    before_step(progress): called before each batch with the share of the training that is done, 0 .. 1.
    Gives the curve: loss, test accuracy and seconds of each epoch. A checkpoint in `work` lets a stopped run go on.
    """
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    x, y = load(folder, "train", limit)
    xt, yt = load(folder, "t10k", limit)
    steps = len(y) // batch
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * steps, pct_start=0.2)
    curve, checkpoint = [], work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        curve = json.loads(state["curve"])
    forward = torch.compile(model) if compiled else model
    mean = None if average is None else {k: v.clone() for k, v in model.state_dict().items()}
    for epoch in range(len(curve), epochs):
        start, total = time.time(), 0.0
        generator = torch.Generator().manual_seed(1000 * seed + epoch)
        order = torch.randperm(len(y), generator=generator)[:steps * batch]
        for step, part in enumerate(order.split(batch)):
            if before_step is not None:
                before_step((epoch * steps + step) / (epochs * steps))
            images = as_current(augmented(x[part], generator))
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                logits = forward(images).float()
            loss = torch.nn.functional.cross_entropy(logits, y[part])
            if teacher is not None or answers is not None:
                soft = answers[part] if answers is not None else softened(teacher, images, mirrored_teacher, half)
                told = torch.log_softmax(logits / TEMPERATURE, 1)
                distilled = torch.nn.functional.kl_div(told, soft, reduction="batchmean")
                loss = (1 - TAUGHT) * loss + TAUGHT * TEMPERATURE ** 2 * distilled
            total += float(loss.detach())
            if loss_terms is not None:
                loss = loss + loss_terms()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            if after_step is not None:
                after_step()
            if mean is not None:
                for name, value in model.state_dict().items():
                    if value.is_floating_point():
                        mean[name].lerp_(value, 1 - average)
        curve.append({"epoch": epoch, "loss": round(total / steps, 4), "test": round(accuracy(model, xt, yt), 4),
                      "seconds": round(time.time() - start)})
        print(json.dumps(curve[-1]), flush=True)
        partial = checkpoint.with_suffix(".part")
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(), "curve": json.dumps(curve)}, partial)
        partial.replace(checkpoint)
    if mean is not None:
        model.load_state_dict(mean)
        curve.append({"averaged": True, "test": round(accuracy(model, xt, yt), 4)})
        print(json.dumps(curve[-1]), flush=True)
    return curve
