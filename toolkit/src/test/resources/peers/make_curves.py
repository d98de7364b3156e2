"""Fifty updates of a small network in PyTorch or JAX, in single precision, from a start and trials that are stored too.

  python make_curves.py torch > torch.json
  python make_curves.py jax > jax.json

Needs numpy and torch or jax (CPU builds). Both engines draw the same start: weights are source x target, h = tanh(x I + h H + b),
y = h O + c, biases start at 0; loss is the mean squared error at the last step plus the penalty; Adam at a constant rate, no clipping.
"""
import json
import sys

import numpy as np

UPDATES, INPUTS, HIDDEN, OUTPUTS, TRIALS, STEPS = 50, 6, 10, 6, 16, 5
RATE, BETA, ALPHA = 3e-3, 1e-2, 0.8
PENALTIES = ["none", "l1", "resolvent", "hopwise"]
rng = np.random.default_rng(7)
x = np.round(rng.standard_normal((STEPS, TRIALS, INPUTS)), 3).astype("f4")
y = np.round(rng.standard_normal((TRIALS, OUTPUTS)), 3).astype("f4")
sizes = [(INPUTS, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, OUTPUTS)]
start = [np.round(rng.standard_normal(s) / np.sqrt(s[0]), 3).astype("f4") for s in sizes]
start += [np.zeros(HIDDEN, "f4"), np.zeros(OUTPUTS, "f4")]


def loss_of(kind, p, x, y, tanh, zeros):
    """The loss of the trials and the penalty; the same text serves both engines."""
    i, r, o, b, c = p
    h = zeros
    for t in range(STEPS):
        h = tanh(x[t] @ i + h @ r + b)
    loss = ((h @ o + c - y) ** 2).mean()
    penalty = 0.0 * loss
    if kind == "l1":
        penalty = BETA * sum(abs(q).sum() for q in (i, r, o))
    v, total, damping = i, 0, ALPHA**2
    for _ in range(STEPS):
        if kind == "hopwise":
            penalty = penalty + BETA * damping * abs(v @ o).sum()
        total, v, damping = total + damping * v, v @ r, damping * ALPHA
    if kind == "resolvent":
        penalty = BETA * abs(total @ o).sum()
    return loss, penalty


def torch_curves(kind):
    import torch

    p = [torch.nn.Parameter(torch.tensor(w)) for w in start]
    adam = torch.optim.Adam(p, lr=RATE)
    tx, ty = torch.tensor(x), torch.tensor(y)
    curve = []
    for _ in range(UPDATES):
        adam.zero_grad()
        loss, penalty = loss_of(kind, p, tx, ty, torch.tanh, torch.zeros(TRIALS, HIDDEN))
        (loss + penalty).backward()
        adam.step()
        curve.append([float(loss.detach()), float(penalty.detach())])
    return curve


def jax_curves(kind):
    import jax
    import jax.numpy as jnp

    def both(p):
        loss, penalty = loss_of(kind, p, x, y, jnp.tanh, jnp.zeros((TRIALS, HIDDEN), "f4"))
        return loss + penalty, (loss, penalty)

    step = jax.jit(jax.value_and_grad(both, has_aux=True))
    p = [jnp.array(w) for w in start]
    m = [jnp.zeros_like(w) for w in p]
    v = [jnp.zeros_like(w) for w in p]
    curve = []
    for n in range(1, UPDATES + 1):
        (_, (loss, penalty)), g = step(p)
        m = [0.9 * a + 0.1 * b for a, b in zip(m, g)]
        v = [0.999 * a + 0.001 * b * b for a, b in zip(v, g)]
        p = [w - RATE * (a / (1 - 0.9**n)) / (jnp.sqrt(b / (1 - 0.999**n)) + 1e-8) for w, a, b in zip(p, m, v)]
        curve.append([float(loss), float(penalty)])
    return curve


engine = {"torch": torch_curves, "jax": jax_curves}[sys.argv[1]]
print(json.dumps({
    "updates": UPDATES, "rate": RATE, "beta": BETA, "alpha": ALPHA,
    "x": x.round(3).astype(float).round(3).tolist(), "y": y.astype(float).round(3).tolist(),
    "input": start[0].astype(float).round(3).T.tolist(), "recurrent": start[1].astype(float).round(3).T.tolist(),
    "output": start[2].astype(float).round(3).T.tolist(),
    "curves": {kind: [[float(f"{q:.7g}") for q in pair] for pair in engine(kind)] for kind in PENALTIES},
}))
