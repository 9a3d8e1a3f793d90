package dev.trifocal.config;

import dev.trifocal.train.TrainingPlan;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.Unfreezing;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What transfer learning needs beside the settings of a training, whose epochs are those with the
 * base frozen.
 *
 * @param dropout of the new head, at least 0 and below 1
 * @param fineTuneEpochs of the second phase; 0 for none
 * @param from path of the first layer that is fine-tuned
 * @param last how many of the base's layers with weights are fine-tuned, positive; if neither is
 *     given, a third of them
 * @param rateFactor what the learning rate is multiplied with in the second phase, positive
 */
public record TransferSettings(
    double dropout,
    int fineTuneEpochs,
    Optional<String> from,
    OptionalInt last,
    double rateFactor) {
  private static final double THIRD = 1.0 / 3;

  /** The plan that these settings stand for. */
  public TransferPlan plan(TrainingPlan training, int frozenEpochs) {
    return new TransferPlan(training, frozenEpochs, fineTuneEpochs, unfreezing(), rateFactor);
  }

  private Unfreezing unfreezing() {
    if (from.isPresent()) {
      return new Unfreezing.From(from.get());
    }
    return last.isPresent() ? new Unfreezing.Last(last.getAsInt()) : new Unfreezing.Share(THIRD);
  }
}
