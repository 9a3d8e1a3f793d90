"""Two programs that time steps or predictions take turns, and their times are compared."""

import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Side:
    """A program that prints milliseconds_per_step or milliseconds_per_batch as JSON.

    command: from a number of steps to the words of the command line
    """

    def __init__(self, name, command):
        self.name = name
        self.command = command

    def run(self, steps):
        output = subprocess.run(
            self.command(steps), check=True, stdout=subprocess.PIPE, text=True)
        return next(value for key, value in json.loads(output.stdout).items()
                    if key in ("milliseconds_per_step", "milliseconds_per_batch"))


def by_hand_classpath():
    """Builds benchmarks/by-hand."""
    folder = ROOT / "benchmarks" / "by-hand"
    subprocess.run(
        ["mvn", "-q", "-B", "-f", str(folder / "pom.xml"), "package",
         "dependency:copy-dependencies", "-DoutputDirectory=target/lib"],
        check=True)
    return "%s:%s" % (folder / "target" / "classes", folder / "target" / "lib" / "*")


def trifocal(backend, model="mnist-cnn", shape="1x28x28", batch_size=32, warm_up=10):
    """A training step with two threads and Adam on one of Trifocal's backends."""
    words = [str(ROOT / "trifocal"), "benchmark", model, "--input", shape,
             "--batch-size", str(batch_size), "--warm-up", str(warm_up),
             "--threads", "2", "--optimizer", "adam", "--backend", backend, "--json"]
    return lambda steps: words + ["--steps", str(steps)]


def parser(description):
    result = argparse.ArgumentParser(description=description)
    result.add_argument("--rounds", type=int, default=9, help="at least 7")
    result.add_argument("--steps", type=int, default=20, help="steps per turn")
    return result


def parsed(arguments):
    options = arguments.parse_args()
    if options.rounds < 7 or options.steps < 1:
        arguments.error("take at least 7 rounds of at least 1 step")
    return options


def spread(values):
    return "%.3f  (min %.3f, max %.3f)" % (statistics.median(values), min(values), max(values))


def compare(ours, theirs, rounds, steps):
    """The side that begins changes from round to round; never do both run at once."""
    print("%5s  %12s  %12s  %8s" % ("round", ours.name, theirs.name, "ratio"))
    rows = []
    for number in range(1, rounds + 1):
        turn = (ours, theirs) if number % 2 else (theirs, ours)
        times = {side: side.run(steps) for side in turn}
        rows.append((times[ours], times[theirs]))
        print("%5d  %9.1f ms  %9.1f ms  %8.3f" % (number, *rows[-1], rows[-1][0] / rows[-1][1]),
              flush=True)
    print()
    print("median %s: %s ms" % (ours.name, spread([a for a, _ in rows])))
    print("median %s: %s ms" % (theirs.name, spread([b for _, b in rows])))
    print("median ratio %s / %s: %s" % (
        ours.name, theirs.name, spread([a / b for a, b in rows])))
    print("machine: %d cores, load %.1f %.1f %.1f" % (os.cpu_count(), *os.getloadavg()))
