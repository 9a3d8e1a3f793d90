package dev.trifocal.config;

import dev.trifocal.train.TrainingPlan;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.Unfreezing;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of transfer learning. The epochs of the first phase, with the base frozen, are those
 * of {@link TrainingSettings}.
 *
 * @param dropout dropout rate of the new head, in [0, 1)
 * @param fineTuneEpochs epochs of the second phase; 0 for none
 * @param from path of the first layer to fine-tune
 * @param last number of the base's last layers with weights to fine-tune, positive; if {@code from}
 *     is empty too, a third of them
 * @param rateFactor factor on the learning rate in the second phase, positive
 */
public record TransferSettings(
    double dropout,
    int fineTuneEpochs,
    Optional<String> from,
    OptionalInt last,
    double rateFactor) {
  private static final double THIRD = 1.0 / 3;

  /** Returns the plan with these settings. */
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
