"""What each readout and exit makes of random outputs (docs/equations.md, R1 to R4)."""

import numpy as np

import golden

SEED = 17
STEPS = 16


def winner(values):
    """The largest, the lowest class of several."""
    return int(np.argmax(values))


def first_spike(out, population, domain, window):
    """The instant and the spikes at it of each class, then the best: earliest, then most, then the lowest class."""
    best = None
    for c, values in enumerate(out.reshape(len(out), -1, population).transpose(1, 0, 2)):
        if domain == "time":
            fired = values[0][values[0] < window]
            found = (fired.min(), -np.count_nonzero(fired == fired.min())) if len(fired) else None
        else:
            when = np.flatnonzero(values.sum(axis=1))
            found = (when[0], -values[when[0]].sum()) if len(when) else None
        if found is not None and (best is None or found < best[0]):
            best = (found, c)
    return 0 if best is None else best[1]


def exits(scores, last, margin, patience):
    """The steps run: scores (steps, classes) accumulated."""
    ahead = 0
    for t in range(len(scores)):
        top = np.sort(scores[t])
        ahead = ahead + 1 if len(top) > 1 and top[-1] - top[-2] >= margin else 0
        if t + 1 == (last or len(scores)) or margin and ahead >= patience:
            return t + 1
    return len(scores)


def case(random, kind, domain, classes, population, exit_):
    size = classes * population
    window = 24 if domain == "time" else 0
    steps = 1 if window else STEPS
    if domain == "bit":
        out = (random.random((steps, size)) < 0.08).astype(int)
    elif domain == "unsigned":
        out = random.integers(0, 6, (steps, size)) * (random.random((steps, size)) < 0.1)
    elif domain == "signed":
        out = random.integers(-4000, 4001, (steps, size))
    else:
        out = random.integers(8, window + 1, (steps, size))
    last, margin, patience = exit_
    summed = out.reshape(steps, classes, population).sum(axis=2).cumsum(axis=0)
    run = steps if window else exits(summed, last, margin, patience)
    if kind == "FIRST_SPIKE":
        predicted = first_spike(out[:run], population, domain, window)
    else:
        predicted = winner(summed[run - 1])
    name = f"{kind}-{domain}-{classes}x{population}-{last}-{margin}-{patience}"
    made = golden.Case(name).put("kind", kind).put("domain", domain).put("window", window).put("steps", steps)
    made.put("classes", classes).put("population", population).put("exit", exit_).put("out", out)
    if kind != "FIRST_SPIKE":
        made.put("scores", summed[run - 1])
    return made.put("predicted", predicted).put("run", run)


def cases(random):
    for classes, population in ((1, 1), (2, 1), (4, 3), (10, 5)):
        for repeat in range(6):
            never = (0, 0, 1)
            early = (int(random.integers(1, STEPS + 1)), 0, 1)
            sure = (0, int(random.integers(1, 4)), int(random.integers(1, 4)))
            for exit_ in (never, early, sure):
                yield case(random, "COUNT", "bit", classes, population, exit_)
                yield case(random, "COUNT", "unsigned", classes, population, exit_)
                scaled = (exit_[0], exit_[1] * 2500, exit_[2])
                yield case(random, "POTENTIAL", "signed", classes, population, scaled)
            for exit_ in (never, early):
                yield case(random, "FIRST_SPIKE", "bit", classes, population, exit_)
                yield case(random, "FIRST_SPIKE", "unsigned", classes, population, exit_)
            yield case(random, "FIRST_SPIKE", "time", classes, population, never)


if __name__ == "__main__":
    golden.write("readouts", "readouts.py", SEED, list(cases(np.random.default_rng(SEED))))
