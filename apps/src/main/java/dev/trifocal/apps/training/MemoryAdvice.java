package dev.trifocal.apps.training;

import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.MemorySize;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What helps a training that has run out of memory, with figures.
 *
 * @param plan the plan of the phase that trains most
 * @param graph its network
 */
record MemoryAdvice(TrainingRun run, Backend backend, TrainingPlan plan, Graph graph) {
  /** Returns the failure to report, with the cures. */
  EngineMemoryException about(EngineMemoryException failure) {
    StepSize size = run.settings().training().stepSize();
    return failure.advising(
        "%s ran out of memory on %s with batches of %s%s. %s. %s (%s)"
            .formatted(
                graph.name(),
                backend.name(),
                size,
                predicted(size),
                String.join("; ", cures(size)),
                kept(),
                failure.reason().lines().findFirst().orElse("").strip()));
  }

  /**
   * Returns the failure to report, with the cures, if memory outside Java's heap ran out.
   *
   * @throws OutOfMemoryError if it was the heap, which has cures of its own
   */
  EngineMemoryException about(OutOfMemoryError failure) {
    String reason = String.valueOf(failure.getMessage());
    if (reason.contains("heap space") || reason.contains("GC overhead")) {
      throw failure;
    }
    return about(EngineMemoryException.of(graph.name(), "Java: " + reason, failure));
  }

  /** Returns the message about a container that is full; nothing can be predicted any more. */
  String aboutFull(MemorySize limit) {
    StepSize size = run.settings().training().stepSize();
    List<String> less = new ArrayList<>();
    if (canRecompute()) {
      less.add("--recompute");
    }
    if (!plan.optimizer().slots().isEmpty()) {
      less.add("--optimizer sgd");
    }
    less.add("smaller images (--size)");
    return "%s on %s with batches of %s has used up the memory of the container, %s; start a new run without --memory, or with less, so that batches are divided to fit, or with %s, or raise the limit of the container. %s"
        .formatted(graph.name(), backend.name(), size, limit, String.join(", ", less), kept());
  }

  private boolean canRecompute() {
    return backend.name().equals("onnx") && options().activations() == Activations.KEEP;
  }

  private String predicted(StepSize size) {
    return step(plan, size, options())
        .map(
            bytes ->
                ", whose steps are predicted to take %s above the idle process".formatted(bytes))
        .orElse("");
  }

  private List<String> cures(StepSize size) {
    List<String> cures = new ArrayList<>();
    if (size.batchSize() % 2 == 0) {
      StepSize half = size.divided(2);
      cures.add(
          "A new run with --batch-size %d --accumulate %d%s trains with the same number of samples per step"
              .formatted(half.batchSize(), half.batches(), figure(plan, half, options())));
    }
    if (canRecompute()) {
      RunOptions recomputing = options().activations(Activations.RECOMPUTE);
      cures.add("--recompute needs less%s".formatted(figure(plan, size, recomputing)));
    }
    if (!plan.optimizer().slots().isEmpty()) {
      TrainingPlan plain = plan.optimizer(Sgd.of(plan.optimizer().learningRate()));
      cures.add("--optimizer sgd keeps no state%s".formatted(figure(plain, size, options())));
    }
    cures.add("smaller images (--size) need less");
    cures.add("or raise the limit of the process or container");
    return cures;
  }

  private String kept() {
    return run.directory().hasLast()
        ? "The last checkpoint is intact: --resume %s continues from there".formatted(run.folder())
        : "No checkpoint had been saved yet";
  }

  private RunOptions options() {
    return run.settings().engine().options();
  }

  private String figure(TrainingPlan other, StepSize size, RunOptions options) {
    return step(other, size, options).map(bytes -> " (%s)".formatted(bytes)).orElse("");
  }

  /** Predicts a step; empty if that fails, as it may in the memory that is left. */
  private Optional<MemorySize> step(TrainingPlan other, StepSize size, RunOptions options) {
    try {
      return backend
          .stepMemory(other, graph, size, options.typicalBatchSize(size.batchSize()))
          .map(StepMemory::total)
          .map(MemorySize::new);
    } catch (TrifocalException | BackendException | OutOfMemoryError e) {
      return Optional.empty();
    }
  }
}
