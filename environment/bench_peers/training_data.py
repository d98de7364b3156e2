"""The start and the trials of a training, the same in every library. Matrices are source x target."""

import numpy as np
from numbers_of_all import uniform

ALPHA, BETA, RATE = 0.8, 1e-3, 1e-3


def start(request, network=0):
    """Input, recurrent and output weights, hidden and output biases; in single precision."""
    inputs, hidden, outputs = request["inputs"], request["hidden"], request["outputs"]
    weights = [
        uniform(10 * network + stream, *shape) / np.sqrt(hidden)
        for stream, shape in ((1, (inputs, hidden)), (2, (hidden, hidden)), (3, (hidden, outputs)))
    ]
    biases = [np.zeros(hidden), np.zeros(outputs)]
    return [array.astype(np.float32) for array in weights + biases]


def trials(request):
    """Inputs (steps x trials x inputs) and targets (trials x outputs)."""
    x = uniform(4, request["length"], request["batch"], request["inputs"])
    y = uniform(5, request["batch"], request["outputs"])
    return x.astype(np.float32), y.astype(np.float32)
