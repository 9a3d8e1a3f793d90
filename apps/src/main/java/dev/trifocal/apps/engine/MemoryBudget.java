package dev.trifocal.apps.engine;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.MemorySize;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.MicroBatchFinder;
import dev.trifocal.trainer.MicroBatchFinder.MicroBatch;
import dev.trifocal.trainer.RunMemory;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Divides the batches of a training run that do not fit into memory: into that of {@code --memory},
 * or else into what is free.
 */
public final class MemoryBudget {
  /** The share of free memory that a run may be predicted to take. */
  private static final double USABLE = 0.9;

  /** The share of {@code --memory} that a run may be predicted to take, if smaller parts fit. */
  private static final double PREDICTABLE = 0.95;

  /** By how much the memory of a process differs from run to run. */
  private static final long VARIATION = 32L << 20;

  private final Terminal terminal;
  private final BackendRegistry backends;
  private final BackendChooser chooser;

  @Inject
  MemoryBudget(Terminal terminal, BackendRegistry backends, BackendChooser chooser) {
    this.terminal = terminal;
    this.backends = backends;
    this.chooser = chooser;
  }

  /**
   * Returns the settings with a named backend, and batches that fit on it. Backends are tried with
   * batches that fit on all of them.
   *
   * @throws ConfigurationException if not even single samples fit, no backend can train the graph,
   *     or the backend cannot predict its memory and {@code --memory} is given
   */
  public Settings chosen(Settings settings, TrainingPlan plan, Checkpoint start) {
    Settings named = settings;
    if (settings.engine().isAuto()) {
      Settings tried = fittedToTrial(settings, plan, start.graph());
      named = settings.backend(chooser.training(tried, plan, start).engine().backend());
    }
    String cause =
        settings.engine().isAuto()
            ? "; the trial of all engines has left memory behind, so that naming one with --backend needs less"
            : "";
    return fitted(named, plan, start.graph(), cause);
  }

  /**
   * Returns the settings with batches that fit on the backend, which are named in a remark.
   *
   * @param cause what a message on too little memory adds
   * @throws ConfigurationException if not even single samples fit, or the backend cannot predict
   *     its memory and {@code --memory} is given
   */
  private Settings fitted(Settings settings, TrainingPlan plan, Graph start, String cause) {
    Graph graph = BackendChooser.trained(settings, plan, start);
    Backend backend = backends.backend(settings.engine());
    MicroBatchFinder finder = finder(settings, plan, graph, backend);
    StepSize wanted = settings.training().stepSize();
    Optional<MemorySize> given = settings.training().memory();
    if (given.isEmpty() && finder.fitsEasily(wanted, usable())) {
      return settings;
    }
    load(backend, settings);
    long before = ProcessMemory.resident();
    long allowed = given.map(memory -> memory.bytes() - before).orElseGet(MemoryBudget::usable);
    long predictable = given.isEmpty() ? allowed : (long) (PREDICTABLE * allowed);
    Optional<RunMemory> whole = finder.memory(wanted);
    if (whole.isEmpty()) {
      return unpredicted(settings, backend);
    }
    MicroBatch found =
        whole
            .filter(memory -> memory.peak() <= predictable)
            .map(memory -> new MicroBatch(wanted, memory))
            .or(() -> finder.largestPart(wanted, predictable, allowed))
            .orElseThrow(() -> tooLarge(settings, finder, before, before + allowed, cause));
    // Predictions leave models behind.
    System.gc();
    if (given.isPresent() || !found.size().equals(wanted)) {
      terminal.remark(
          remark(wanted, found, new MemorySize(before + found.memory().peak()), before + allowed));
    }
    if (!found.size().equals(wanted) && GraphSummary.of(graph).updatesStatistics()) {
      terminal.remark(
          "memory: batch norm computes its statistics over %d samples at a time, not over %d"
              .formatted(found.size().batchSize(), wanted.batchSize()));
    }
    return settings.stepSize(found.size());
  }

  /**
   * Returns the settings with batches that fit on all backends that can hold one, for a trial of
   * them.
   */
  private Settings fittedToTrial(Settings settings, TrainingPlan plan, Graph start) {
    Graph graph = BackendChooser.trained(settings, plan, start);
    StepSize wanted = settings.training().stepSize();
    List<StepSize> sizes = new ArrayList<>();
    for (String name : backends.names()) {
      Settings named = settings.backend(name);
      MicroBatchFinder finder = finder(named, plan, graph, backends.backend(name));
      long allowed =
          settings
              .training()
              .memory()
              .map(memory -> memory.bytes() - ProcessMemory.resident())
              .orElseGet(MemoryBudget::usable);
      if (finder.fitsEasily(wanted, allowed)) {
        continue;
      }
      if (finder.backend().unsupported(graph).isEmpty() && canRecompute(named, finder.backend())) {
        finder.largest(wanted, allowed).map(MicroBatch::size).ifPresent(sizes::add);
      }
    }
    return sizes.stream()
        .min(Comparator.comparing(StepSize::batchSize))
        .map(settings::stepSize)
        .orElse(settings);
  }

  /**
   * Checks that a run that resumes fits into {@code --memory} with the batches it has. What a new
   * run does not have, its optimizer's state, is not counted, nor how much processes differ: a run
   * must not refuse the settings that it was started with.
   *
   * @throws ConfigurationException if it does not
   */
  public void requireFit(Settings settings, TrainingPlan plan, Checkpoint last) {
    Optional<MemorySize> given = settings.training().memory();
    if (given.isEmpty()) {
      return;
    }
    Graph graph = BackendChooser.trained(settings, plan, last.graph());
    Backend backend = backends.backend(settings.engine());
    load(backend, settings);
    long before = ProcessMemory.resident();
    long more = last.bytes() - last.weights().bytes() + 2 * VARIATION;
    StepSize size = settings.training().stepSize();
    finder(settings, plan, graph, backend)
        .memory(size)
        .filter(memory -> before + memory.peak() - more > given.get().bytes())
        .ifPresent(
            memory -> {
              throw new ConfigurationException(
                  "the run trains with batches of %s, which are predicted to take %s on %s, and cannot change them when it resumes; raise --memory, or start a new run"
                      .formatted(size, new MemorySize(before + memory.peak()), backend.name()));
            });
  }

  private Settings unpredicted(Settings settings, Backend backend) {
    if (settings.training().memory().isPresent()) {
      throw new ConfigurationException(
          "backend %s does not predict its memory; omit --memory, or choose backend onnx, djl or dl4j"
              .formatted(backend.name()));
    }
    return settings;
  }

  private static MicroBatchFinder finder(
      Settings settings, TrainingPlan plan, Graph graph, Backend backend) {
    return new MicroBatchFinder(
        backend, settings.engine().options(), plan, graph, settings.training().loaderThreads());
  }

  private static boolean canRecompute(Settings settings, Backend backend) {
    return settings.engine().activations() == Activations.KEEP || backend.name().equals("onnx");
  }

  private static void load(Backend backend, Settings settings) {
    new EngineBenchmark(backend, settings.engine().options(), StepSize.of(1), 0, 1).load();
  }

  private static long usable() {
    return (long) (USABLE * ProcessMemory.free());
  }

  private static String remark(StepSize wanted, MicroBatch found, MemorySize peak, long budget) {
    String of = new MemorySize(budget).toString();
    return found.size().equals(wanted)
        ? "memory: batches of %s are predicted to take %s of %s".formatted(wanted, peak, of)
        : "memory: batches of %s are accumulated as %s, predicted to take %s of %s"
            .formatted(wanted, found.size(), peak, of);
  }

  private ConfigurationException tooLarge(
      Settings settings, MicroBatchFinder finder, long before, long budget, String cause) {
    StepSize wanted = settings.training().stepSize();
    StepSize smallest = finder.smallest(wanted);
    long least = before + finder.memory(smallest).orElseThrow().peak();
    List<String> cures = new ArrayList<>();
    RunOptions options = settings.engine().options();
    if (finder.backend().name().equals("onnx") && options.activations() == Activations.KEEP) {
      cures.add("--recompute");
    }
    if (!finder.plan().optimizer().slots().isEmpty()) {
      cures.add("--optimizer sgd");
    }
    cures.add("smaller images (--size) or a smaller network");
    return new ConfigurationException(
        "%s does not fit into %s: with batches of %d, training on %s is predicted to take %s; use at least --memory %s%s, or need less with %s%s"
            .formatted(
                finder.graph().name(),
                new MemorySize(Math.max(1, budget)),
                smallest.batchSize(),
                finder.backend().name(),
                new MemorySize(least),
                new MemorySize(least + VARIATION).toString().replace(" ", ""),
                settings.training().memory().isPresent() ? "" : " if the system has it",
                String.join(", ", cures),
                cause));
  }
}
