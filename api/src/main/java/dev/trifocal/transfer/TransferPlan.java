package dev.trifocal.transfer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.TrainingPlan;

/**
 * The settings of transfer learning in two phases: first, only the new head is trained, with the
 * base frozen; then the head and the last layers of the base are fine-tuned together, with a fresh
 * optimizer and at a lower learning rate.
 *
 * @param training loss, optimizer and schedule of both phases; the schedule runs once in each
 * @param frozenEpochs number of epochs of the first phase; positive
 * @param fineTuningEpochs number of epochs of the second phase; 0 for none
 * @param unfreezing layers of the base to train in the second phase
 * @param rateFactor factor applied to the learning rate in the second phase; positive
 */
public record TransferPlan(
    TrainingPlan training,
    int frozenEpochs,
    int fineTuningEpochs,
    Unfreezing unfreezing,
    double rateFactor) {
  private static final int USUAL_EPOCHS = 5;
  private static final double TENTH = 0.1;

  public TransferPlan {
    if (frozenEpochs <= 0 || fineTuningEpochs < 0) {
      throw new ConfigurationException(
          "epochs with the base frozen must be positive and fine-tuning epochs 0 or more, but they are %d and %d"
              .formatted(frozenEpochs, fineTuningEpochs));
    }
    if (!(rateFactor > 0) || Double.isInfinite(rateFactor)) {
      throw new ConfigurationException(
          "fine-tuning needs a positive factor on the learning rate, but it is " + rateFactor);
    }
  }

  /** Returns a plan with five epochs with the base frozen and no fine-tuning. */
  public static TransferPlan of(TrainingPlan training) {
    return new TransferPlan(training, USUAL_EPOCHS, 0, new Unfreezing.Everything(), TENTH);
  }

  /** Returns this plan with another number of epochs with the base frozen. */
  public TransferPlan frozenEpochs(int value) {
    return new TransferPlan(training, value, fineTuningEpochs, unfreezing, rateFactor);
  }

  /**
   * Returns this plan with the given fine-tuning epochs and layers. Unless {@link
   * #rateFactor(double)} changes it, the learning rate is a tenth.
   */
  public TransferPlan fineTune(int epochs, Unfreezing layers) {
    return new TransferPlan(training, frozenEpochs, epochs, layers, rateFactor);
  }

  /** Returns this plan with another factor on the learning rate of fine-tuning. */
  public TransferPlan rateFactor(double value) {
    return new TransferPlan(training, frozenEpochs, fineTuningEpochs, unfreezing, value);
  }
}
