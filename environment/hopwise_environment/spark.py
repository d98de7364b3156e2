"""A standalone cluster of Apache Spark on loopback, a master and two workers of one core each, and a kernel that drives it."""

import json
import os
import re
import shutil
import subprocess
import time
from xml.etree import ElementTree

import psutil

from . import files, kernels, maven, places
from .problem import Problem

HOME = places.WORK / "spark"
# A folder of its own, so that other commands go on with the plain kernel of the same name.
KERNELS = places.WORK / "spark-kernel"
_PIDS = HOME / "processes.json"
_POM = "{http://maven.apache.org/POM/4.0.0}"
# The driver and its executors are one machine.
_HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.executor.memory": "1g", "spark.executor.cores": "1"}
# What Spark warns of would stand in the cell that happened to run.
_LOGGING = """status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = {log}
appender.file.append = false
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{{HH:mm:ss}} %p %c{{1}}: %m%n%ex
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
"""
_PACKAGE = "org.apache.spark.deploy."
_PATIENCE = 60
_MASTER = r"Starting Spark master at (spark://\S+)(?s:.*)New state: ALIVE"
_WORKER = r"(Successfully registered with master)"


def start(jdk, jars, memory="1500m"):
    """Starts a cluster whose workers have so much memory, unless there is one; returns what to tell the user."""
    if running():
        raise Problem("There is a cluster already. Use it, or end it with environment/spark stop.")
    shutil.rmtree(HOME, ignore_errors=True)
    (HOME / "jars").mkdir(parents=True)
    for jar in jars:
        (HOME / "jars" / jar.name).symlink_to(jar)
    try:
        url = _await("master", _MASTER, _begin(jdk, "master.Master", "master", "127.0.0.1", []))
        workers = {}
        for number in (1, 2):
            # Executors on two addresses count as two machines; other systems than Linux have one loopback address.
            host = f"127.0.0.{number}" if os.uname().sysname == "Linux" else "127.0.0.1"
            more = ["--cores", "1", "--memory", memory, "--work-dir", HOME / f"work{number}", url]
            workers[f"worker{number}"] = _begin(jdk, "worker.Worker", f"worker{number}", host, more)
        for name, process in workers.items():
            _await(name, _WORKER, process)
    except BaseException:
        stop()
        raise
    logs = places.shown(HOME)
    return f"A master and two workers of one core and 1.5 GB each: {url}\nTheir logs are in {logs}; end them with environment/spark stop."


def stop():
    """Ends what was started, executors too; returns whether there was anything."""
    found = running()
    family = [*(child for process in found for child in process.children(recursive=True)), *found]
    for process in family:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            pass
    psutil.wait_procs(family, timeout=10)
    _PIDS.unlink(missing_ok=True)
    return bool(found)


def address():
    """Where the master of the running cluster listens; nothing if none runs."""
    found = re.search(_MASTER, _said("master")) if running() else None
    return found[1] if found else ""


def kernel(jdk):
    """Writes the spec of a JJava that can drive executors, of the running cluster unless told otherwise; returns the variables
    by which Jupyter finds it in place of the plain one."""
    spec = kernels.spec(kernels.JJAVA, jdk, jars(), kernels.heap_gib())
    java, *rest = spec["argv"]
    written = {**spec, "argv": [java, *options(), *rest], "display_name": "Java with Spark"}
    files.write(KERNELS / "kernels" / "java" / "kernel.json", json.dumps(written, indent=2) + "\n")
    return {**kernels.VARIABLES, "JUPYTER_PATH": str(KERNELS)}


def jars():
    """The class path of a driver: the toolkit's libraries, then Spark's. Spark's logging wins, since ours is silent."""
    ours = [jar for jar in maven.toolkit_jars() if not jar.name.startswith("slf4j")]
    there = {jar.name for jar in ours}
    return [*ours, *(jar for jar in maven.spark_jars() if jar.name not in there)]


def options():
    """What the JVM of a driver is started with: what Spark asks for, as its module is tested with it, and the cluster's address."""
    asked = ElementTree.parse(places.SPARK / "pom.xml").find(f"{_POM}properties/{_POM}spark.jvm.options").text.split()
    logging = KERNELS / "log4j2.properties"
    files.write(logging, _LOGGING.format(log=KERNELS / "driver.log"))
    settings = {"spark.ui.enabled": "false", "log4j2.configurationFile": logging}
    master = address()
    if master:
        settings |= {"spark.master": master, **_HERE}
    return [*asked, *(f"-D{name}={value}" for name, value in settings.items())]


def running():
    """The processes of a cluster that are still there. Numbers of processes are used again, so look at what they are."""
    found = []
    for pid in _remembered():
        try:
            process = psutil.Process(pid)
            words = process.cmdline()
        except psutil.Error:
            continue
        if f"{HOME}/jars/*" in words and any(word.startswith(_PACKAGE) for word in words):
            found.append(process)
    return found


def _begin(jdk, main, name, host, more):
    """Starts a process that goes on when this one ends, and remembers it."""
    options = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dspark.master.rest.enabled=false", "-cp", f"{HOME}/jars/*"]
    command = [jdk.java, *options, _PACKAGE + main, "--host", host, "--port", "0", "--webui-port", "0", *more]
    spark = {"SPARK_HOME": str(HOME), "SPARK_SCALA_VERSION": "2.13", "JAVA_HOME": str(jdk.home), "SPARK_LOCAL_IP": host}
    with open(HOME / f"{name}.log", "w", encoding="utf-8") as log:
        streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(list(map(str, command)), env={**os.environ, **spark}, start_new_session=True, **streams)
    files.write(_PIDS, json.dumps([*_remembered(), process.pid]) + "\n")
    return process


def _await(name, line, process):
    """Waits for a line of a log; returns what the line holds."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        found = re.search(line, _said(name))
        if found:
            return found[1]
        time.sleep(0.1)
    log = places.shown(HOME / f"{name}.log")
    said = "\n  ".join(_said(name).splitlines()[-5:])
    raise Problem(f"The {name} of the cluster did not start in {_PATIENCE} s. {log} says:\n  {said}")


def _said(name):
    return (HOME / f"{name}.log").read_text(encoding="utf-8", errors="replace")


def _remembered():
    return json.loads(_PIDS.read_text(encoding="utf-8")) if _PIDS.is_file() else []
