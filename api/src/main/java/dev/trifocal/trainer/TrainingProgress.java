package dev.trifocal.trainer;

import dev.trifocal.metric.MetricSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a training has come; with the checkpoint it makes a resume exact, in mid-epoch too.
 *
 * @param epoch in progress, from 1
 * @param batch batches of it that are done
 * @param running what loss and metrics have added up over these batches, by name
 * @param history the finished epochs
 * @param bestEpoch the epoch with the best value so far; 0 for none
 * @param bestValue NaN for none
 * @param secondsInEpoch spent on the epoch in progress so far
 * @param provenance where this came from, for people: versions, data digests, configuration
 * @param callbacks what callbacks have made of the run
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

  /** Before the first step. */
  public static TrainingProgress start() {
    return new TrainingProgress(
        1, 0, Map.of(), List.of(), 0, Double.NaN, 0, Map.of(), CallbackState.NONE);
  }

  /** This progress with other sums. */
  TrainingProgress running(Map<String, MetricSums> other) {
    return new TrainingProgress(
        epoch, batch, other, history, bestEpoch, bestValue, secondsInEpoch, provenance, callbacks);
  }

  /** This progress with another provenance. */
  public TrainingProgress provenance(Map<String, String> other) {
    return new TrainingProgress(
        epoch, batch, running, history, bestEpoch, bestValue, secondsInEpoch, other, callbacks);
  }

  /** This progress with something else made of it by callbacks. */
  public TrainingProgress callbacks(CallbackState other) {
    return new TrainingProgress(
        epoch, batch, running, history, bestEpoch, bestValue, secondsInEpoch, provenance, other);
  }

  /** With more batches of the epoch done. */
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

  /** With the epoch in progress at its end. */
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
