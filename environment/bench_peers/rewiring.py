"""Rewiring that keeps all degrees, in igraph (proposals, refused ones count) and NetworkX (its chain move, done ones count)."""

import random

import igraph
import networkx
import numpy as np
from numbers_of_all import bits

PROPOSALS_AN_EDGE = 100
MOST_TRIES = 100


class Work:
    def __init__(self, library, request):
        units, degree = request["units"], request["degree"]
        source = np.repeat(np.arange(units), degree)
        target = (bits(6, units * degree) % np.uint64(units)).astype(np.int64)
        pairs = np.unique(np.stack([source, target], 1)[source != target], axis=0)
        self._edges = set(map(tuple, pairs.tolist()))
        self._moves = PROPOSALS_AN_EDGE * len(pairs)
        self._units = units
        self._library = library
        if library == "igraph":
            random.seed(1)
            self._graph = igraph.Graph(n=units, edges=pairs.tolist(), directed=True)
        else:
            self._graph = networkx.DiGraph(pairs.tolist())

    def _rewired(self):
        graph = self._graph.copy()
        if self._library == "igraph":
            graph.rewire(n=self._moves)
            return graph.get_edgelist
        networkx.directed_edge_swap(graph, nswap=self._moves, max_tries=MOST_TRIES * self._moves, seed=1)
        return graph.edges

    def run(self, count):
        for _ in range(count):
            self._rewired()

    def check(self):
        """Edges that differ, sums of the squares of both degrees, and whether most edges have moved."""
        edges = set(map(tuple, self._rewired()()))
        degrees = [np.bincount([edge[end] for edge in edges], minlength=self._units) for end in (0, 1)]
        moved = len(edges - self._edges) > len(edges) / 2
        return [len(edges), *(np.sum(each**2) for each in degrees), moved]

    def versions(self):
        return {"igraph": igraph.__version__} if self._library == "igraph" else {"NetworkX": networkx.__version__}
