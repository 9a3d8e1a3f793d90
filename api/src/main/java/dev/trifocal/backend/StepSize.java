package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;

/**
 * The samples of a training step.
 *
 * @param batchSize samples per batch, at least 1
 * @param batches batches whose gradients are accumulated, at least 1
 */
public record StepSize(int batchSize, int batches) {
  /**
   * @throws ConfigurationException if a number is less than 1
   */
  public StepSize {
    if (batchSize < 1 || batches < 1) {
      throw new ConfigurationException(
          "batch size and batches per step must be at least 1, but are %d and %d"
              .formatted(batchSize, batches));
    }
  }

  /** Returns a step of one batch. */
  public static StepSize of(int batchSize) {
    return new StepSize(batchSize, 1);
  }

  /** Returns whether gradients are summed up over several batches. */
  public boolean accumulates() {
    return batches > 1;
  }

  /**
   * Returns a step with the same samples in smaller batches.
   *
   * @param parts number of equal parts of each batch
   * @throws ConfigurationException if batches cannot be divided by the number
   */
  public StepSize divided(int parts) {
    if (parts < 1 || batchSize % parts != 0) {
      throw new ConfigurationException(
          "a batch of %d cannot be divided into %d equal parts".formatted(batchSize, parts));
    }
    return new StepSize(batchSize / parts, batches * parts);
  }

  /** Returns the size as text: {@code 32} or {@code 8 x 4}, batches times their size. */
  @Override
  public String toString() {
    return accumulates() ? batches + " x " + batchSize : String.valueOf(batchSize);
  }
}
