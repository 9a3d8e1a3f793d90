package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.Processor;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.profile.Stopwatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * Chooses the fastest backend for a workload by a short trial on each: {@code
 * FastestBackend.onClassPath().of(TrainingWorkload.of(graph, plan, 64)).backend()}. All backends
 * compute the same, apart from rounding, so only the speed differs. Backends that do not start or
 * cannot do the work are skipped.
 */
public final class FastestBackend {
  private final List<BackendProvider> providers;
  private final DoubleSupplier clock;
  private final TrialLimits limits;
  private final Optional<ChoiceFile> memory;
  private final String processor;

  /**
   * Creates a choice among given backends that remembers nothing.
   *
   * @param clock seconds since a fixed moment
   */
  public FastestBackend(List<BackendProvider> providers, DoubleSupplier clock) {
    this(providers, clock, TrialLimits.DEFAULT, Optional.empty(), processor());
  }

  private FastestBackend(
      List<BackendProvider> providers,
      DoubleSupplier clock,
      TrialLimits limits,
      Optional<ChoiceFile> memory,
      String processor) {
    this.providers = List.copyOf(providers);
    this.clock = clock;
    this.limits = limits;
    this.memory = memory;
    this.processor = processor;
  }

  private static String processor() {
    return "%d x %s"
        .formatted(Runtime.getRuntime().availableProcessors(), Processor.current().model());
  }

  /** Creates a choice among the backends on the class path. */
  public static FastestBackend onClassPath() {
    return new FastestBackend(Backends.providers(), Stopwatch.start()::seconds);
  }

  /** Returns a choice with other limits for trials. */
  public FastestBackend limits(TrialLimits other) {
    return new FastestBackend(providers, clock, other, memory, processor);
  }

  /**
   * Returns a choice that remembers results in a file and reuses them for the same graph, job,
   * batch size, device, threads, engine versions and processor. Unreadable content is ignored, and
   * a file that cannot be written is no error.
   */
  public FastestBackend remembering(Path file) {
    return new FastestBackend(
        providers, clock, limits, Optional.of(new ChoiceFile(file)), processor);
  }

  /** Returns a choice on another processor. */
  FastestBackend processor(String other) {
    return new FastestBackend(providers, clock, limits, memory, other);
  }

  /**
   * Chooses a backend: the remembered one, else the fastest in a trial. A single backend is chosen
   * without a trial.
   *
   * @throws ConfigurationException if no backend can do the work; the message names each and its
   *     reason
   */
  public BackendChoice of(Workload workload) {
    Started started = start();
    if (started.backends.size() == 1) {
      Backend only = started.backends.values().iterator().next();
      return new BackendChoice(only, workload.unit(), List.of(), started.skipped, Optional.empty());
    }
    Optional<ChoiceKey> key = key(workload, started);
    return remembered(workload, started, key).orElseGet(() -> measured(workload, started, key));
  }

  /** Returns the remembered choice; empty if there is none. Runs no trial. */
  public Optional<BackendChoice> remembered(Workload workload) {
    Started started = start();
    return remembered(workload, started, key(workload, started));
  }

  /** The backends whose engines started, by name, and the others. */
  private record Started(Map<String, Backend> backends, List<SkippedBackend> skipped) {}

  private Started start() {
    Map<String, Backend> backends = new LinkedHashMap<>();
    List<SkippedBackend> skipped = new ArrayList<>();
    for (BackendProvider provider : providers) {
      try {
        backends.put(provider.name(), provider.create());
      } catch (RuntimeException | LinkageError e) {
        skipped.add(new SkippedBackend(provider.name(), reason(e)));
      }
    }
    return new Started(backends, skipped);
  }

  private Optional<ChoiceKey> key(Workload workload, Started started) {
    return memory.flatMap(file -> ChoiceKey.of(workload, started.backends.values(), processor));
  }

  private Optional<BackendChoice> remembered(
      Workload workload, Started started, Optional<ChoiceKey> key) {
    return key.flatMap(wanted -> memory.orElseThrow().find(wanted))
        .filter(entry -> started.backends.containsKey(entry.measurements().get(0).backend()))
        .map(
            entry ->
                new BackendChoice(
                    started.backends.get(entry.measurements().get(0).backend()),
                    workload.unit(),
                    entry.measurements(),
                    entry.skipped(),
                    memory.map(ChoiceFile::path)));
  }

  private BackendChoice measured(Workload workload, Started started, Optional<ChoiceKey> key) {
    Trial trial = new Trial(workload, limits, clock);
    List<Measurement> measurements = new ArrayList<>();
    List<SkippedBackend> skipped = new ArrayList<>(started.skipped);
    double fastest = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, Backend> one : started.backends.entrySet()) {
      try {
        double time = trial.milliseconds(one.getValue(), fastest);
        measurements.add(new Measurement(one.getKey(), time));
        fastest = Math.min(fastest, time);
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        skipped.add(new SkippedBackend(one.getKey(), reason(e)));
      }
    }
    if (measurements.isEmpty()) {
      throw none(workload, skipped);
    }
    measurements.sort(Comparator.comparingDouble(Measurement::milliseconds));
    key.ifPresent(
        known -> memory.orElseThrow().remember(new ChoiceFile.Entry(known, measurements, skipped)));
    return new BackendChoice(
        started.backends.get(measurements.get(0).backend()),
        workload.unit(),
        measurements,
        skipped,
        Optional.empty());
  }

  private static String reason(Throwable problem) {
    return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
  }

  private static ConfigurationException none(Workload workload, List<SkippedBackend> skipped) {
    return new ConfigurationException(
        skipped.isEmpty()
            ? "no backend is on the class path; add dev.trifocal:trifocal-backend-onnx to the"
                + " dependencies"
            : "%s: no backend can do this work: %s"
                .formatted(
                    workload.graph().name(),
                    skipped.stream()
                        .map(SkippedBackend::toString)
                        .collect(Collectors.joining("; "))));
  }
}
