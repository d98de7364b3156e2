"""A large square product in single precision, by the library's own best way: what the core can do."""

import numpy as np
import threadpoolctl
from numbers_of_all import uniform


def numpy_kernel():
    """Which of OpenBLAS' kernels NumPy runs."""
    found = [pool for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    return " ".join(str(found[0].get(key, "")) for key in ("internal_api", "architecture")).strip() if found else "?"


class Work:
    def __init__(self, library, request):
        size = request["size"]
        self._library = library
        a, b = (uniform(stream, size, size).astype(np.float32) for stream in (1, 2))
        if library == "torch":
            import torch

            torch.set_num_threads(request["threads"])
            self._version = {"PyTorch": torch.__version__}
            self._a, self._b = torch.tensor(a), torch.tensor(b)
            self._c = torch.empty(size, size)
            self._product = lambda: torch.mm(self._a, self._b, out=self._c)
        elif library == "jax":
            import jax

            self._version = {"JAX": jax.__version__}
            self._a, self._b = jax.numpy.asarray(a), jax.numpy.asarray(b)
            product = jax.jit(lambda a, b: a @ b)
            self._product = lambda: product(self._a, self._b).block_until_ready()
        else:
            self._version = {"NumPy": f"{np.__version__} ({numpy_kernel()})"}
            self._c = np.empty((size, size), np.float32)
            self._product = lambda: np.matmul(a, b, out=self._c)

    def run(self, count):
        for _ in range(count):
            self._product()

    def check(self):
        return [np.abs(np.asarray(self._product())).mean()]

    def versions(self):
        return self._version
