"""Hop blocks in NumPy (dense) and SciPy (sparse): a thin block of sources is carried on, edge by edge, and read out."""

import numpy as np
import scipy
import scipy.sparse
from numbers_of_all import bits, uniform
from products import numpy_kernel


def sparse(units, degree):
    """The transpose, in compressed rows: v W is taken as (W' v')', SciPy's fast way."""
    weights = uniform(2, units * degree) / np.sqrt(degree)
    to = (bits(6, units * degree) % np.uint64(units)).astype(np.int32)
    ends = np.arange(0, units * degree + 1, degree, dtype=np.int32)
    return scipy.sparse.csr_array((weights, to, ends), shape=(units, units)).T.tocsr()


class Work:
    def __init__(self, library, request):
        units, ends = request["units"], request["ends"]
        self._library = library
        self._length = request["length"]
        if library == "numpy":
            self._first = 2
            self._in = uniform(1, ends, units)
            self._out = uniform(3, units, ends)
            self._recurrent = uniform(2, units, units) / np.sqrt(units)
        else:
            self._first = 1
            self._in, self._out = self._groups(units, ends)
            self._recurrent = sparse(units, request["degree"])

    @staticmethod
    def _groups(units, count):
        """Means over the source units of each group, and over the target units; unit i is in group i mod n."""
        group = np.arange(units) % count
        members = np.zeros((count, units))
        members[group, np.arange(units)] = 1 / np.bincount(group, minlength=count)[group]
        return members, scipy.sparse.csr_array(members).T.tocsr()

    def _step(self, reached):
        if self._library == "numpy":
            return reached @ self._recurrent
        return np.ascontiguousarray((self._recurrent @ reached.T).T)

    def _blocks(self):
        reached, blocks = self._in, []
        for hop in range(self._length):
            if hop > 0 or self._first == 1:
                reached = self._step(reached)
            blocks.append(reached @ self._out)
        return blocks

    def run(self, count):
        for _ in range(count):
            self._blocks()

    def check(self):
        """The mean modulus of every block."""
        return [np.abs(block).mean() for block in self._blocks()]

    def versions(self):
        own = {"SciPy": scipy.__version__} if self._library == "scipy" else {}
        return {"NumPy": f"{np.__version__} ({numpy_kernel()})", **own}
