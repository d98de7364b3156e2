"""One library in one process. Reads a line of JSON, does what it says, answers with a line of JSON.

{"do": "prepare", "work": ..., ...}  sets the work up; answers with the versions of what is used
{"do": "run", "count": n}            does the work n times; answers with the seconds and those of the processor
{"do": "check"}                      answers with numbers that must be the same in every library
"""

import importlib
import json
import platform
import sys
import time

WORKS = {
    ("jax", "training"): "training_jax",
    ("torch", "training"): "training_torch",
    ("numpy", "hops"): "hops",
    ("scipy", "hops"): "hops",
    ("numpy", "simulation"): "simulation",
    ("scipy", "lattice"): "lattice",
    ("numpy", "radius"): "radius",
    ("scipy", "radius"): "radius",
    ("torch", "low rank"): "low_rank",
    ("igraph", "rewiring"): "rewiring",
    ("networkx", "rewiring"): "rewiring",
    ("numpy", "product"): "products",
    ("jax", "product"): "products",
    ("torch", "product"): "products",
}


def main(library):
    answers = sys.stdout
    sys.stdout = sys.stderr
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "prepare":
            module = importlib.import_module(WORKS[library, request["work"]])
            work = module.Work(library, request)
            answer = {"versions": {"Python": platform.python_version(), **work.versions()}}
        elif request["do"] == "run":
            started, used = time.perf_counter(), time.process_time()
            work.run(request["count"])
            answer = {"seconds": time.perf_counter() - started, "processor": time.process_time() - used}
        else:
            answer = {"values": [float(value) for value in work.check()]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
