package dev.trifocal.apps.onnx.node;

import dev.trifocal.apps.onnx.node.Verdict.Outcome;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One node test, imported with its inputs bound in several ways, each run on some engines. */
record NodeRun(NodeCase one, List<Backend> backends) {
  Verdict verdict() {
    if (!one.inputs().stream().allMatch(i -> i.getType().hasTensorType())) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "sequences and optional values");
    }
    if (one.misfits()) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "data of another type than the model says");
    }
    Verdict all = best();
    if (all.outcome() != Outcome.REFUSED || one.graph().getOutputCount() == 1) {
      return all;
    }
    Verdict first = new NodeRun(one.firstOutput(), backends).best();
    return first.outcome() == Outcome.PASSED
        ? new Verdict(Outcome.PASSED, "outputs after the first")
        : first.outcome() == Outcome.WRONG ? first : all;
  }

  private Verdict best() {
    return ways().stream().map(this::verdict).min(Verdict.RANKING).orElseThrow();
  }

  /** The first input as data and the others as weights, all as data, each other one as data. */
  private Set<Set<Integer>> ways() {
    int count = one.inputs().size();
    Set<Set<Integer>> ways = new LinkedHashSet<>();
    ways.add(Set.of(0));
    ways.add(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
    IntStream.range(1, count).forEach(i -> ways.add(Set.of(i)));
    return ways;
  }

  private Verdict verdict(Set<Integer> data) {
    if (data.stream().anyMatch(i -> i >= one.inputs().size())) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "no input");
    }
    try {
      ImportResult read = OnnxImporter.read(one.folder(), one.bound(data), ImportOptions.DEFAULT);
      if (read instanceof ImportFailure not) {
        return RejectionReasons.of(String.join("; ", not.obstacles()));
      }
      return run((ImportedGraph) read, data);
    } catch (TrifocalException e) {
      return RejectionReasons.of(e.getMessage());
    }
  }

  private Verdict run(ImportedGraph imported, Set<Integer> data) {
    Map<String, Tensor> inputs = new HashMap<>();
    List<Integer> sorted = data.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      FileValue value = imported.facts().inputs().get(i);
      inputs.put(value.path(), one.input(sorted.get(i)).tensor());
    }
    if (inputs.values().stream().map(t -> t.shape().size(0)).distinct().count() > 1) {
      return new Verdict(Outcome.DOES_NOT_APPLY, "inputs with batches of different sizes");
    }
    List<String> complaints = new ArrayList<>();
    for (Backend backend : backends) {
      try (Program program =
          backend.compile(imported.graph(), imported.weights(), RunOptions.DEFAULT)) {
        compare(imported, program.run(inputs));
      } catch (AssertionError | TrifocalException e) {
        complaints.add("%s, inputs %s: %s".formatted(backend.name(), sorted, e.getMessage()));
      }
    }
    return complaints.isEmpty()
        ? Verdict.PASSED
        : new Verdict(Outcome.WRONG, String.join("; ", complaints));
  }

  private void compare(ImportedGraph imported, Map<String, Tensor> outputs) {
    for (int i = 0; i < imported.facts().outputs().size(); i++) {
      FileValue value = imported.facts().outputs().get(i);
      Tensor expected = one.output(i).tensor();
      double tolerance = one.tolerance(i);
      MaxDeviation.require(
          value.name(),
          finite(outputs.get(value.path()), expected),
          finite(expected, expected),
          tolerance);
    }
  }

  /** With zeros where both are the same infinity or no number. */
  private static Tensor finite(Tensor actual, Tensor expected) {
    float[] values = actual.toFloats();
    float[] wanted = expected.toFloats();
    for (int i = 0; i < Math.min(values.length, wanted.length); i++) {
      boolean same = Float.compare(values[i], wanted[i]) == 0;
      values[i] = same && !Float.isFinite(values[i]) ? 0 : values[i];
    }
    return Tensor.of(actual.shape(), values);
  }
}
