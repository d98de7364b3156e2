"""What is timed: works, who does them, and what the ratio is to reach."""

from dataclasses import dataclass

OURS = "Hopwise"
# Ours records the loss of every update and stops when one is not finite, so the others read it too. Where reading it
# means waiting, a second line leaves that out.
UNREAD = "JAX, losses unread"
# What the metrics need anyway.
FORWARD = "its forward run alone"
# The same number from fewer operations than the authors' code takes.
LEAN = "PyTorch, closed-form weight"
VARIANTS = {
    UNREAD: ("JAX", {"read": False}),
    FORWARD: (OURS, {"forward": True}),
    LEAN: ("PyTorch", {"style": "lean"}),
}


@dataclass(frozen=True)
class Goal:
    """How many times faster than the fastest of these peers we are to be."""

    peers: tuple
    bar: float
    aim: float


@dataclass(frozen=True)
class Row:
    """One work. Units is how many network-updates, or other units, one repetition of it holds; works of many seconds have
    fewer repetitions, and none in a quick run. Works that nobody else does have a bar and an aim in seconds."""

    name: str
    title: str
    work: dict
    peers: tuple
    goals: tuple
    cores: int = 1
    units: int = 1
    repetitions: int | None = None
    quick: bool = True
    seconds: tuple | None = None


def training(inputs, hidden, outputs, batch, length, **more):
    shape = {"inputs": inputs, "hidden": hidden, "outputs": outputs, "batch": batch, "length": length}
    return {"work": "training", **shape, "penalty": "hopwise", "threads": 1, "read": True, **more}


def hops(units, degree, threads=1):
    return {"work": "hops", "units": units, "degree": degree, "ends": 32, "length": 10, "threads": threads}


def lattice(rows, columns, steps, threads=1):
    return {"work": "lattice", "rows": rows, "columns": columns, "steps": steps, "threads": threads}


def rewiring(units, degree):
    return {"work": "rewiring", "units": units, "degree": degree, "threads": 1}


def radius(units, degree):
    return {"work": "radius", "units": units, "degree": degree, "threads": 1}


def fixed_points(units, rank, threads=1):
    return {"work": "fixed points", "units": units, "rank": rank, "threads": threads}


def product_flop(work):
    """Multiplications and additions of the input and recurrent products of an update: forward, and twice that backward."""
    return 3 * 2 * work["batch"] * work["length"] * (work["inputs"] * work["hidden"] + work["hidden"] ** 2)


SMALL = training(32, 32, 32, 64, 10)
MIDDLE = training(32, 128, 32, 128, 20)
LARGE = training(32, 256, 32, 128, 20)
RATES = {"work": "simulation", "units": 1000, "trajectories": 32, "steps": 100, "gain": 2, "threads": 1}
LOW_RANK = {"work": "low rank", "units": 60, "rank": 2, "particles": 64, "length": 100, "batch": 10, "threads": 1}
LOW_RANK["style"] = "published"
_FRAMEWORKS = ("JAX", "PyTorch")
_TRAINERS = ("JAX", UNREAD, "PyTorch")

ROWS = (
    Row(
        "default",
        "one update, 32-32-32, batch 64, L 10, hop-wise penalty",
        SMALL,
        _TRAINERS,
        (Goal(("JAX",), 2, 4), Goal(("PyTorch",), 5, 12)),
    ),
    Row(
        "middle",
        "one update, 32-128-32, batch 128, L 20, hop-wise penalty",
        MIDDLE,
        _TRAINERS,
        (Goal(("JAX",), 1.3, 2), Goal(("PyTorch",), 2, 4)),
    ),
    Row(
        "large",
        "one update, 32-256-32, batch 128, L 20, hop-wise penalty",
        LARGE,
        _TRAINERS,
        (Goal(("JAX", "PyTorch"), 1, 1.5),),
    ),
    Row(
        "sweep",
        "one update of one of 8 networks of the default size, in a sweep on 2 cores",
        {**SMALL, "networks": 8, "threads": 2},
        ("JAX", UNREAD),
        (Goal(("JAX",), 1, 2),),
        cores=2,
        units=8,
    ),
    Row(
        "time",
        "one update of a leaky network with noise, 8-64-3, batch 64, L 100, targets at every step",
        training(8, 64, 3, 64, 100, penalty="none", leak=0.2, noise=0.05, reads=100),
        (),
        (),
        # Five times faster than the 25 ms that PyTorch took where it could be had.
        seconds=(0.008, 0.005),
    ),
    Row(
        "dense",
        "hop blocks, 2,000 dense units, 32 x 32, 10 hops",
        hops(2000, 0),
        ("NumPy",),
        (Goal(("NumPy",), 1, 1.2),),
    ),
    Row(
        "sparse",
        "hop blocks, 100,000 units of degree 100, 32 x 32 groups, 10 hops",
        hops(100_000, 100),
        ("SciPy",),
        (Goal(("SciPy",), 2, 4),),
        repetitions=5,
        quick=False,
    ),
    Row(
        "fly",
        "hop blocks, 140,000 units, 50 million edges, 32 x 32 groups, 10 hops, 2 cores",
        hops(140_000, 357, threads=2),
        ("SciPy",),
        (),
        cores=2,
        repetitions=2,
        quick=False,
    ),
    Row(
        "radius",
        "spectral radius of 1,000 dense units, with its proof from above",
        radius(1000, 0),
        ("NumPy",),
        (Goal(("NumPy",), 0.3, 1),),
        repetitions=3,
        quick=False,
    ),
    Row(
        "radii",
        "spectral radius of 20,000 units of degree 100, from two starts",
        radius(20_000, 100),
        ("SciPy",),
        (Goal(("SciPy",), 0.5, 1),),
        repetitions=2,
        quick=False,
    ),
    Row(
        "simulation",
        "100 Runge-Kutta steps of 1,000 rate units, erf, 32 trajectories, single precision",
        RATES,
        ("NumPy",),
        (Goal(("NumPy",), 1, 2),),
    ),
    Row(
        "ring",
        "one step of a critical ring of 2,048 sites",
        lattice(1, 2048, 1000),
        ("SciPy",),
        (Goal(("SciPy",), 1, 2),),
        units=1000,
    ),
    Row(
        "sheet",
        "one step of a critical sheet of 512 x 512 sites",
        lattice(512, 512, 20),
        ("SciPy",),
        (Goal(("SciPy",), 0.5, 1),),
        units=20,
    ),
    Row(
        "sheets",
        "one step of a critical sheet of 512 x 512 sites, 2 cores",
        lattice(512, 512, 20, threads=2),
        ("SciPy",),
        (Goal(("SciPy",), 0.5, 1),),
        cores=2,
        units=20,
    ),
    Row(
        "rewiring",
        "a graph of 3,013 units and 111,000 edges rewired with its degrees, 100 proposals an edge",
        rewiring(3013, 37),
        ("igraph",),
        (Goal(("igraph",), 5, 10),),
        repetitions=5,
    ),
    Row(
        "swaps",
        "a graph of 300 units and 3,000 edges rewired with its degrees, 100 proposals an edge",
        rewiring(300, 10),
        ("igraph", "NetworkX"),
        (Goal(("NetworkX",), 100, 300),),
        repetitions=5,
        quick=False,
    ),
    Row(
        "metrics",
        "metrics with data of 1,024 hidden units, 100 steps, 64 trials",
        {"work": "metrics", "ends": 32, "hidden": 1024, "batch": 64, "length": 100, "threads": 1},
        (FORWARD,),
        (Goal((FORWARD,), 0.5, 1),),
    ),
    Row(
        "lowrank",
        "one update by sequential Monte Carlo, 60 units, rank 2, 64 particles, 100 steps, 10 trials",
        LOW_RANK,
        ("PyTorch", LEAN),
        (Goal(("PyTorch",), 10, 12),),
    ),
    Row(
        "points",
        "all fixed points of 512 ReLU units, rank 2",
        fixed_points(512, 2),
        (),
        (),
        repetitions=5,
        seconds=(5, 1),
    ),
    Row(
        "points3",
        "all fixed points of 100 ReLU units, rank 3, 2 cores",
        fixed_points(100, 3, threads=2),
        (),
        (),
        cores=2,
        repetitions=5,
        quick=False,
        seconds=(60, 10),
    ),
)

PRODUCT = {"work": "product", "size": 2048, "threads": 1}
PEAK_PEERS = ("NumPy", "JAX", "PyTorch")
# Share of the core's own matrix-product peak that the middle size is to reach.
PEAK_SHARE = (0.35, 0.60)
# Seconds from the start of the kernel to the first influence map.
START = (6.0, 3.0)
NAMES = (*(row.name for row in ROWS), "peak", "start", "cost")
# How the cost grows with one size, everything else as in the default: panel, size, peers, and the work at each value.
CURVES = (
    ("an update", "hidden units", _FRAMEWORKS, {n: {**SMALL, "hidden": n} for n in (16, 32, 64, 128, 256, 512)}),
    ("an update", "steps", _FRAMEWORKS, {n: {**SMALL, "length": n} for n in (5, 10, 20, 40, 80)}),
    ("an update", "trials in a batch", _FRAMEWORKS, {n: {**SMALL, "batch": n} for n in (16, 32, 64, 128, 256)}),
    ("ten hop blocks", "edges", ("SciPy",), {100 * n: hops(n, 100) for n in (300, 1000, 3000, 10_000, 30_000)}),
)
