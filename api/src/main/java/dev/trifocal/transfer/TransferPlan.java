package dev.trifocal.transfer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.TrainingPlan;

/**
 * How a network with a new head is trained: the head alone, with the base frozen; then the head and
 * the last layers of the base together, with a fresh optimizer and at a lower rate.
 *
 * @param training loss, optimizer and schedule of both phases; the schedule runs once in each
 * @param frozenEpochs of the first phase, positive
 * @param fineTuningEpochs of the second; 0 for none
 * @param unfreezing which layers of the base learn in the second
 * @param rateFactor what the rate is multiplied with in the second, positive
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
          "epochs with the base frozen must be positive and those of fine-tuning 0 or more, but they are %d and %d"
              .formatted(frozenEpochs, fineTuningEpochs));
    }
    if (!(rateFactor > 0) || Double.isInfinite(rateFactor)) {
      throw new ConfigurationException(
          "fine-tuning needs a positive factor on the learning rate, but it is " + rateFactor);
    }
  }

  /** Five epochs with the base frozen, and no fine-tuning. */
  public static TransferPlan of(TrainingPlan training) {
    return new TransferPlan(training, USUAL_EPOCHS, 0, new Unfreezing.Everything(), TENTH);
  }

  public TransferPlan frozenEpochs(int value) {
    return new TransferPlan(training, value, fineTuningEpochs, unfreezing, rateFactor);
  }

  /** So many epochs of fine-tuning, at a tenth of the rate. */
  public TransferPlan fineTune(int epochs, Unfreezing layers) {
    return new TransferPlan(training, frozenEpochs, epochs, layers, rateFactor);
  }

  public TransferPlan rateFactor(double value) {
    return new TransferPlan(training, frozenEpochs, fineTuningEpochs, unfreezing, value);
  }
}
