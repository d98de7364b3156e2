"""Numbers that every contestant draws alike: splitmix64, whose upper 24 bits are exact in single precision."""

import numpy as np

_GAMMA = 0x9E3779B97F4A7C15


def bits(stream, count):
    """64 random bits each."""
    with np.errstate(over="ignore"):
        z = np.uint64(stream << 40) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_GAMMA)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def uniform(stream, *shape):
    """Between -1 and 1, in double precision."""
    values = (bits(stream, int(np.prod(shape))) >> np.uint64(40)).astype(np.float64)
    return (values * 2.0**-23 - 1).reshape(shape)
