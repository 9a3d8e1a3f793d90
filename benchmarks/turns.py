"""Programs that time steps or predictions take turns, and their times are compared."""

import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAUNCHER = ROOT / "trifocal"


class Side:
    """A program that prints milliseconds_per_step or milliseconds_per_batch as JSON.

    command: from a number of steps to the words of the command line
    """

    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.milliseconds = []
        self.peaks = []

    def run(self, steps):
        """Returns the milliseconds per step, and remembers them and the peak memory, if told."""
        output = subprocess.run(
            self.command(steps), check=True, stdout=subprocess.PIPE, text=True)
        values = json.loads(output.stdout)
        self.milliseconds.append(next(
            value for key, value in values.items()
            if key in ("milliseconds_per_step", "milliseconds_per_batch")))
        self.peaks.append(values.get("peak_memory_bytes", 0))
        return self.milliseconds[-1]

    def median(self):
        return statistics.median(self.milliseconds)

    def mebibytes(self):
        return statistics.median(self.peaks) / 2**20


def by_hand_classpath():
    """Builds benchmarks/by-hand."""
    folder = ROOT / "benchmarks" / "by-hand"
    subprocess.run(
        ["mvn", "-q", "-B", "-f", str(folder / "pom.xml"), "package",
         "dependency:copy-dependencies", "-DoutputDirectory=target/lib"],
        check=True)
    return "%s:%s" % (folder / "target" / "classes", folder / "target" / "lib" / "*")


def trifocal(backend, model="mnist-cnn", shape="1x28x28", batch_size=32, warm_up=10, launcher=LAUNCHER):
    """A training step with two threads and Adam on one of Trifocal's backends, or on auto's choice."""
    words = [str(launcher), "benchmark", model, "--input", shape,
             "--batch-size", str(batch_size), "--warm-up", str(warm_up),
             "--threads", "2", "--optimizer", "adam", "--backend", backend, "--json"]
    if backend != "auto":
        words.append("--memory")
    return lambda steps: words + ["--steps", str(steps)]


def parser(description):
    result = argparse.ArgumentParser(description=description)
    result.add_argument("--rounds", type=int, default=9, help="at least 5")
    result.add_argument("--steps", type=int, default=20, help="steps per turn")
    return result


def parsed(arguments):
    options = arguments.parse_args()
    if options.rounds < 5 or options.steps < 1 or getattr(options, "concurrency", 1) < 1:
        arguments.error("take at least 5 rounds of at least 1 step, in at least 1 thread")
    return options


def spread(values):
    return "%.3f  (min %.3f, max %.3f)" % (statistics.median(values), min(values), max(values))


def ratios(ours, theirs):
    """The ratios of the rounds."""
    return [a / b for a, b in zip(ours.milliseconds, theirs.milliseconds)]


def machine():
    return "machine: %d cores, load %.1f %.1f %.1f" % (os.cpu_count(), *os.getloadavg())


def take_turns(sides, rounds, steps):
    """The side that begins changes from round to round; no two run at once."""
    print("%5s  %s" % ("round", "  ".join("%15s" % side.name for side in sides)))
    for number in range(rounds):
        first = number % len(sides)
        times = {side: side.run(steps) for side in sides[first:] + sides[:first]}
        print("%5d  %s" % (number + 1, "  ".join("%12.1f ms" % times[side] for side in sides)),
              flush=True)
    print()
    for side in sides:
        print("median %s: %s ms" % (side.name, spread(side.milliseconds)))


def compare(ours, theirs, rounds, steps):
    """Two sides, and the ratio of their times."""
    take_turns([ours, theirs], rounds, steps)
    print("median ratio %s / %s: %s" % (ours.name, theirs.name, spread(ratios(ours, theirs))))
    print(machine())
