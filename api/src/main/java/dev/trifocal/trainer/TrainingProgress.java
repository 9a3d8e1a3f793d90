package dev.trifocal.trainer;

import dev.trifocal.metric.MetricSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The progress of a run; together with the checkpoint it makes a resume exact, even within an
 * epoch.
 *
 * @param epoch epoch in progress, from 1
 * @param batch number of completed batches of this epoch
 * @param running sums of loss and metrics over these batches, by name
 * @param history records of the completed epochs
 * @param bestEpoch best epoch so far; 0 if there is none
 * @param bestValue value of the best epoch; NaN if there is none
 * @param secondsInEpoch seconds spent on the epoch in progress
 * @param provenance origin of the run: versions, data digests, configuration
 * @param callbacks effects and numbers of callbacks
 */
public record TrainingProgress(
    int epoch,
    int batch,
    Map<String, MetricSums> running,
    List<EpochRecord> history,
    int bestEpoch,
    double bestValue,
    double secondsInEpoch,
    Map<String, String> provenance,
    CallbackState callbacks) {
  public TrainingProgress {
    running = Collections.unmodifiableMap(new LinkedHashMap<>(running));
    history = List.copyOf(history);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** Returns the progress before the first step. */
  public static TrainingProgress start() {
    return new TrainingProgress(
        1, 0, Map.of(), List.of(), 0, Double.NaN, 0, Map.of(), CallbackState.NONE);
  }

  /** Returns this progress with other sums. */
  TrainingProgress running(Map<String, MetricSums> other) {
    return new TrainingProgress(
        epoch, batch, other, history, bestEpoch, bestValue, secondsInEpoch, provenance, callbacks);
  }

  /** Returns this progress with another provenance. */
  public TrainingProgress provenance(Map<String, String> other) {
    return new TrainingProgress(
        epoch, batch, running, history, bestEpoch, bestValue, secondsInEpoch, other, callbacks);
  }

  /** Returns this progress with another state of the callbacks. */
  public TrainingProgress callbacks(CallbackState other) {
    return new TrainingProgress(
        epoch, batch, running, history, bestEpoch, bestValue, secondsInEpoch, provenance, other);
  }

  /** Returns the progress after more batches of the epoch. */
  TrainingProgress after(int batches, Map<String, MetricSums> sums, double seconds) {
    return new TrainingProgress(
        epoch,
        batch + batches,
        sums,
        history,
        bestEpoch,
        bestValue,
        seconds,
        provenance,
        callbacks);
  }

  /** Returns the progress after the end of the epoch. */
  TrainingProgress closed(EpochRecord record) {
    List<EpochRecord> all = new ArrayList<>(history);
    all.add(record);
    return new TrainingProgress(
        epoch + 1, 0, Map.of(), all, bestEpoch, bestValue, 0, provenance, callbacks);
  }

  TrainingProgress best(BestEpoch best) {
    return new TrainingProgress(
        epoch,
        batch,
        running,
        history,
        best.epoch(),
        best.value(),
        secondsInEpoch,
        provenance,
        callbacks);
  }
}
