package dev.trifocal.apps.advice;

import dev.trifocal.backend.StepMemory;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.graph.MemoryEstimate;
import dev.trifocal.trainer.MicroBatchFinder;
import dev.trifocal.trainer.RunMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Predicts what remedies save, from the changed networks. */
record Advisor(Remedies remedies) {
  /** The share of a value's bytes in float32 that is left in bf16, and in int8. */
  private static final int HALF = 2;

  private static final int QUARTER = 4;
  private static final int LOADER_THREADS = 1;

  /**
   * Returns a row for each remedy, the training as it is first.
   *
   * @throws ConfigurationException if the engine cannot train the network, or does not predict its
   *     memory
   */
  List<AdviceRow> rows() {
    List<AdviceRow> rows = new ArrayList<>();
    Remedy asItIs = remedies.remedy(Remedies.AS_IS);
    RunMemory memory = memory(asItIs);
    for (String name : remedies.names()) {
      rows.add(name.equals(Remedies.AS_IS) ? row(asItIs, memory) : row(name));
    }
    rows.add(sixteenBits(memory));
    rows.add(eightBits());
    return rows;
  }

  /**
   * Returns the row of the training as it is, and that of a remedy unless they are the same.
   *
   * @throws ConfigurationException as {@link #rows} does
   */
  List<AdviceRow> rows(String name) {
    Remedy asItIs = remedies.remedy(Remedies.AS_IS);
    List<AdviceRow> rows = new ArrayList<>(List.of(row(asItIs, memory(asItIs))));
    if (!name.equals(Remedies.AS_IS)) {
      rows.add(row(name));
    }
    return rows;
  }

  private AdviceRow row(String name) {
    try {
      Remedy remedy = remedies.remedy(name);
      return row(remedy, memory(remedy));
    } catch (TrifocalException e) {
      String reason = "not possible: " + e.getMessage();
      return new AdviceRow(name, "", Optional.empty(), Optional.empty(), reason);
    }
  }

  private static AdviceRow row(Remedy remedy, RunMemory memory) {
    GraphSummary summary = GraphSummary.of(remedy.graph());
    return new AdviceRow(
        remedy.name(),
        remedy.change(),
        Optional.of(
            new AdviceRow.Figures(
                summary.parameters(),
                summary.multiplyAdds(),
                memory.step().total(),
                memory.peak())),
        Optional.empty(),
        remedy.cost());
  }

  private RunMemory memory(Remedy remedy) {
    return new MicroBatchFinder(
            remedies.backend(), remedy.options(), remedy.plan(), remedy.graph(), LOADER_THREADS)
        .memory(remedy.size())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "backend %s does not predict its memory; choose backend onnx, djl or dl4j"
                        .formatted(remedies.backend().name())));
  }

  /** Halves what depends on the batch. Weights stay in float32, as in mixed precision. */
  private AdviceRow sixteenBits(RunMemory memory) {
    StepMemory step = memory.step();
    long saved = (step.batch() + step.activations() + step.workspace()) / HALF;
    GraphSummary summary = GraphSummary.of(remedies.graph());
    return new AdviceRow(
        "16 bits",
        "activations in bf16",
        Optional.of(
            new AdviceRow.Figures(
                summary.parameters(),
                summary.multiplyAdds(),
                step.total() - saved,
                memory.peak() - saved)),
        Optional.empty(),
        "no engine here trains in 16 bits");
  }

  private AdviceRow eightBits() {
    MemoryEstimate memory = MemoryEstimate.of(remedies.graph());
    GraphSummary summary = GraphSummary.of(remedies.graph());
    long batch = remedies.size().batchSize();
    long bytes = memory.parameters() + memory.statistics() + batch * memory.peak();
    return new AdviceRow(
        "8 bits",
        "weights and values in int8",
        Optional.of(
            new AdviceRow.Figures(
                summary.parameters(), summary.multiplyAdds(), bytes / QUARTER, bytes / QUARTER)),
        Optional.empty(),
        "predictions only; no engine here quantises");
  }
}
