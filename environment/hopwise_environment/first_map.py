"""The time from the start of a kernel to the first influence map, as a client of Jupyter sees it."""

import time

from .session import CellError, Session

IMPORTS = """\
import org.hopwise.*; import org.hopwise.task.*; import org.hopwise.rnn.*; import org.hopwise.train.*;
import org.hopwise.graph.*; import org.hopwise.figure.*; import tech.tablesaw.api.*; import java.util.*;"""
NETWORK = """\
var task = Tasks.averaging();
var network = RecurrentNetwork.random(task, 32, Activation.TANH, Seed.of(1));"""
# The optimal map is the first ND4J array, which loads its native library.
ARRAY = "double optimal = task.optimalMap().getDouble(0);"
MAP = "var map = InfluenceMap.of(network.weights(), WalkMeasure.resolvent(0.8).normalised());"
FIGURE = 'Figure.heatmap(map.toTable(), "to", "from", "influence").title("What the network computes")'

CELLS = {"imports": IMPORTS, "network": NETWORK, "map": MAP, "figure": FIGURE}
CELLS_WITH_ARRAY = {"imports": IMPORTS, "network": NETWORK, "array": ARRAY, "map": MAP, "figure": FIGURE}


def measure(specs, cells=CELLS):
    """Seconds of each phase and in total, of one fresh kernel; a cell is sent when the one before has ended."""
    started = before = time.perf_counter()
    seconds = {}
    with Session(specs) as session:
        session.wait_until_ready()
        for name, code in {"kernel": None, **cells}.items():
            shown = session.execute(code) if code else []
            now = time.perf_counter()
            seconds[name], before = now - before, now
        if not any("image/png" in content.get("data", {}) for content in shown):
            raise CellError(f"the last cell showed no picture: {shown}")
        seconds["total"] = before - started
        seconds["processor"] = session.processor_seconds()
    return seconds
