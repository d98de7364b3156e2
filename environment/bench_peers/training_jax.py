"""Updates of a recurrent network in JAX: one compiled function an update, all arrays resident, buffers donated."""

import jax
import jax.numpy as jnp
import numpy as np
import training_data
from training_data import ALPHA, BETA, RATE


def penalty(kind, length, w_in, w, w_out):
    """beta times the moduli of every hop block (hopwise), of their sum (resolvent), or of the weights (l1)."""
    if kind == "none":
        return 0.0
    if kind == "l1":
        return BETA * sum(jnp.abs(matrix).sum() for matrix in (w_in, w, w_out))
    reached, factor, total, summed = w_in, ALPHA**2, 0.0, jnp.zeros_like(w_in)
    for _ in range(length):
        if kind == "hopwise":
            total = total + factor * jnp.abs(reached @ w_out).sum()
        summed = summed + factor * reached
        reached, factor = reached @ w, factor * ALPHA
    return BETA * (total if kind == "hopwise" else jnp.abs(summed @ w_out).sum())


def make_update(request):
    length, kind = request["length"], request["penalty"]

    def losses(p, x, y):
        w_in, w, w_out, b, c = p
        h0 = jnp.zeros((x.shape[1], w.shape[0]), x.dtype)
        h, _ = jax.lax.scan(lambda h, x_t: (jnp.tanh(x_t @ w_in + h @ w + b), None), h0, x)
        loss = ((h @ w_out + c - y) ** 2).mean()
        return loss + penalty(kind, length, w_in, w, w_out), loss

    def update(state, x, y):
        p, m, v, t = state
        t = t + 1
        (_, loss), g = jax.value_and_grad(losses, has_aux=True)(p, x, y)
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        scale, root = 1 / (1 - 0.9**t), 1 / (1 - 0.999**t)
        p = jax.tree.map(lambda p, m, v: p - RATE * (m * scale) / (jnp.sqrt(v * root) + 1e-8), p, m, v)
        return (p, m, v, t), loss

    return update


class Work:
    def __init__(self, library, request):
        self._request = request
        self._networks = request.get("networks", 1)
        update = make_update(request)
        if self._networks > 1:
            update = jax.vmap(update, in_axes=(0, None, None))
        self._update = jax.jit(update, donate_argnums=0)
        self._x, self._y = (jnp.asarray(array) for array in training_data.trials(request))
        self._state = self._start()

    def _start(self):
        starts = [training_data.start(self._request, network) for network in range(self._networks)]
        arrays = [np.stack(group) for group in zip(*starts)] if self._networks > 1 else starts[0]
        # Copies, since donated buffers are written over.
        p = tuple(jnp.array(array, copy=True) for array in arrays)
        t = jnp.zeros(self._networks if self._networks > 1 else (), jnp.float32)
        return p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), t

    def run(self, count):
        loss = None
        for _ in range(count):
            self._state, loss = self._update(self._state, self._x, self._y)
            if self._request["read"]:
                np.asarray(loss)
        loss.block_until_ready()

    def check(self):
        """The losses of the first 50 updates from the start, those of the last network."""
        self._state = self._start()
        losses = []
        for _ in range(50):
            self._state, loss = self._update(self._state, self._x, self._y)
            losses.append(np.ravel(loss)[-1])
        return losses

    def versions(self):
        return {"JAX": jax.__version__}
