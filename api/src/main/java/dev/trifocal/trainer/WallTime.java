package dev.trifocal.trainer;

import dev.trifocal.profile.Stopwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records the wall time of a run by phase. */
public final class WallTime implements Callback {
  private final String first;
  private final List<PhaseTime> done = new ArrayList<>();
  private Optional<Phase> current = Optional.empty();

  /**
   * @param first name of the phase before any named one
   */
  public WallTime(String first) {
    this.first = first;
  }

  private static final class Phase {
    private final String name;
    private final Stopwatch watch = Stopwatch.start();
    private double data;
    private double engine;

    private Phase(String name) {
      this.name = name;
    }

    private PhaseTime soFar() {
      return new PhaseTime(name, watch.seconds(), data, engine);
    }
  }

  @Override
  public void phaseStarted(String name) {
    current.map(Phase::soFar).ifPresent(done::add);
    current = Optional.of(new Phase(name));
  }

  @Override
  public void trainingStarted(TrainingStart start) {
    if (current.isEmpty()) {
      phaseStarted(first);
    }
  }

  @Override
  public void batchTimed(BatchTiming timing) {
    if (current.isEmpty()) {
      phaseStarted(first);
    }
    Phase phase = current.orElseThrow();
    phase.data += timing.data();
    phase.engine += timing.engine();
  }

  /** Returns the phases so far; the last one lasts until now. */
  public List<PhaseTime> phases() {
    List<PhaseTime> result = new ArrayList<>(done);
    current.map(Phase::soFar).ifPresent(result::add);
    return result;
  }
}
