package dev.trifocal.trainer;

import dev.trifocal.metric.Sums;
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
public record Progress(
    int epoch,
    int batch,
    Map<String, Sums> running,
    List<EpochRecord> history,
    int bestEpoch,
    double bestValue,
    double secondsInEpoch,
    Map<String, String> provenance,
    CallbackState callbacks) {
  public Progress {
    running = Collections.unmodifiableMap(new LinkedHashMap<>(running));
    history = List.copyOf(history);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** Before the first step. */
  public static Progress start() {
    return new Progress(1, 0, Map.of(), List.of(), 0, Double.NaN, 0, Map.of(), CallbackState.NONE);
  }

  /** This progress with other sums. */
  Progress running(Map<String, Sums> other) {
    return new Progress(
        epoch, batch, other, history, bestEpoch, bestValue, secondsInEpoch, provenance, callbacks);
  }

  /** This progress with another provenance. */
  public Progress provenance(Map<String, String> other) {
    return new Progress(
        epoch, batch, running, history, bestEpoch, bestValue, secondsInEpoch, other, callbacks);
  }

  /** This progress with something else made of it by callbacks. */
  public Progress callbacks(CallbackState other) {
    return new Progress(
        epoch, batch, running, history, bestEpoch, bestValue, secondsInEpoch, provenance, other);
  }

  /** With more batches of the epoch done. */
  Progress after(int batches, Map<String, Sums> sums, double seconds) {
    return new Progress(
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
  Progress closed(EpochRecord record) {
    List<EpochRecord> all = new ArrayList<>(history);
    all.add(record);
    return new Progress(
        epoch + 1, 0, Map.of(), all, bestEpoch, bestValue, 0, provenance, callbacks);
  }

  Progress best(BestEpoch best) {
    return new Progress(
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
