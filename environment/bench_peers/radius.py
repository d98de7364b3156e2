"""The spectral radius: of dense weights by all eigenvalues in NumPy, of a wiring by ARPACK in SciPy."""

import numpy as np
import scipy
import scipy.sparse.linalg
from hops import sparse
from numbers_of_all import uniform
from products import numpy_kernel

# Fewer find a complex pair of neighbours late, or not at all.
EIGENVALUES = 6


class Work:
    def __init__(self, library, request):
        units = request["units"]
        self._library = library
        if library == "numpy":
            self._matrix = uniform(2, units, units) / np.sqrt(units)
        else:
            self._matrix = sparse(units, request["degree"])

    def _radius(self):
        if self._library == "numpy":
            return np.abs(np.linalg.eigvals(self._matrix)).max()
        start = uniform(9, self._matrix.shape[0])
        found = scipy.sparse.linalg.eigs(self._matrix, k=EIGENVALUES, v0=start, return_eigenvectors=False)
        return np.abs(found).max()

    def run(self, count):
        for _ in range(count):
            self._radius()

    def check(self):
        return [self._radius()]

    def versions(self):
        own = {"SciPy": scipy.__version__} if self._library == "scipy" else {}
        return {"NumPy": f"{np.__version__} ({numpy_kernel()})", **own}
