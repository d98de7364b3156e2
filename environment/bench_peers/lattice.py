"""A critical lattice in SciPy: one step is a transform, a phase for every wave number, the way back, input, squashing."""

import numpy as np
import scipy.fft

START, INPUT, BRIGHTER = 0.1, 1e-3, 1e-4


def _omega(coupling, sites):
    return coupling * (1 - np.cos(2 * np.pi * np.arange(sites) / sites))


class Work:
    def __init__(self, library, request):
        rows, columns = request["rows"], request["columns"]
        self._steps, self._threads = request["steps"], request["threads"]
        if rows == 1:
            omega = _omega(0.5, columns)
        else:
            omega = _omega(0.3, rows)[:, None] + _omega(0.7, columns)[None, :]
        self._phases = np.exp(-1j * omega)
        self._input = np.full(omega.shape, INPUT, complex)
        self._input.flat[0] += BRIGHTER

    def _last(self):
        z = np.full(self._phases.shape, START, complex)
        with scipy.fft.set_workers(self._threads):
            for _ in range(self._steps):
                z = scipy.fft.fftn(z, overwrite_x=True)
                z *= self._phases
                z = scipy.fft.ifftn(z, overwrite_x=True)
                z += self._input
                modulus = z.real**2
                modulus += z.imag**2
                modulus += 1
                np.sqrt(modulus, out=modulus)
                z /= modulus
        return z

    def run(self, count):
        for _ in range(count):
            self._last()

    def check(self):
        """Mean square and the brighter site, where the answer is not uniform."""
        z = self._last()
        return [np.mean(np.abs(z) ** 2), z.flat[0].real, z.flat[0].imag, z.real.mean(), z.imag.mean()]

    def versions(self):
        return {"NumPy": np.__version__, "SciPy": scipy.__version__}
