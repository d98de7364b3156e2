"""A network of rate units in NumPy: dx/dt = -x + J phi(x) by Runge-Kutta of order 4, in single precision."""

import numpy as np
import scipy.special
from numbers_of_all import uniform
from products import numpy_kernel

STEP = np.float32(0.2)
_HALF_ROOT_PI = np.float32(np.sqrt(np.pi) / 2)


class Work:
    def __init__(self, library, request):
        units, self._trajectories = request["units"], request["trajectories"]
        couplings = uniform(2, units, units) * (request["gain"] * np.sqrt(3 / units))
        self._couplings = couplings.astype(np.float32)
        self._steps = request["steps"]
        self._random = np.random.default_rng(1)
        shape = (units, self._trajectories)
        self._phi, self._drive, self._stage, self._sum = (np.empty(shape, np.float32) for _ in range(4))

    def _slope(self, x):
        """-x + J phi(x), into arrays that are there already."""
        np.multiply(x, _HALF_ROOT_PI, out=self._phi)
        scipy.special.erf(self._phi, out=self._phi)
        np.matmul(self._couplings, self._phi, out=self._drive)
        self._drive -= x
        return self._drive

    def _advance(self, x, steps):
        total, stage = self._sum, self._stage
        for _ in range(steps):
            total[:] = self._slope(x)
            for weight, at in ((2, STEP / 2), (2, STEP / 2), (1, STEP)):
                np.multiply(self._drive, np.float32(at), out=stage)
                np.add(stage, x, out=stage)
                k = self._slope(stage)
                total += k * np.float32(weight) if weight != 1 else k
            total *= STEP / 6
            x += total

    def _start(self):
        return self._random.standard_normal(self._phi.shape, dtype=np.float32)

    def run(self, count):
        for _ in range(count):
            self._advance(self._start(), self._steps)

    def check(self):
        """The mean square of the states, in time 40 to 60: a property of the network, not of the start."""
        x = self._start()
        self._advance(x, 200)
        squares = []
        for _ in range(20):
            self._advance(x, 5)
            squares.append(np.mean(np.square(x, dtype=np.float64)))
        return [np.mean(squares)]

    def versions(self):
        return {"NumPy": f"{np.__version__} ({numpy_kernel()})", "SciPy": scipy.__version__}
