package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Options that control how an engine computes.
 *
 * @param threads threads used within one operation; 0 for one per core
 * @param typicalBatchSize samples in most batches of a training session, at least 1. A session
 *     accepts batches of any size; an engine may choose its algorithms by this number, so results
 *     differ by rounding. Programs ignore it
 * @param portableStep file to which a training session writes its whole step, in ONNX's standard
 *     operators; backends that do not compile steps refuse to train with it
 * @param precision the numbers that the engine multiplies; backends refuse what they cannot
 * @param activations what a training session keeps for the backward pass; backends that cannot
 *     recompute refuse to train with {@link Activations#RECOMPUTE}
 */
public record RunOptions(
    Device device,
    int threads,
    int typicalBatchSize,
    Optional<Path> portableStep,
    ComputePrecision precision,
    Activations activations) {
  /** The maximum number of threads; engines allocate memory for each, and more make them slower. */
  public static final int MOST_THREADS = 256;

  public static final RunOptions DEFAULT = new RunOptions(Device.CPU, 0);

  private static final int USUAL_BATCH_SIZE = 32;

  public RunOptions {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ConfigurationException(
          "threads must be 0 to %d, but is %d".formatted(MOST_THREADS, threads));
    }
    if (typicalBatchSize < 1) {
      throw new ConfigurationException(
          "the batch size must be at least 1, but is " + typicalBatchSize);
    }
  }

  /** Creates options for batches of 32 that keep all activations. */
  public RunOptions(Device device, int threads) {
    this(
        device,
        threads,
        USUAL_BATCH_SIZE,
        Optional.empty(),
        ComputePrecision.FLOAT32,
        Activations.KEEP);
  }

  /**
   * Returns the number of threads used within one operation, with 0 resolved to the number of
   * cores.
   */
  public int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Returns these options with a file to which a training session writes its step. */
  public RunOptions portableStep(Path file) {
    return new RunOptions(
        device, threads, typicalBatchSize, Optional.of(file), precision, activations);
  }

  /** Returns these options without a file for the step. */
  public RunOptions withoutPortableStep() {
    return new RunOptions(
        device, threads, typicalBatchSize, Optional.empty(), precision, activations);
  }

  /** Returns these options for another number of samples in most batches. */
  public RunOptions typicalBatchSize(int samples) {
    return new RunOptions(device, threads, samples, portableStep, precision, activations);
  }

  /** Returns these options with another precision. */
  public RunOptions precision(ComputePrecision other) {
    return new RunOptions(device, threads, typicalBatchSize, portableStep, other, activations);
  }

  /** Returns these options with another choice of what is kept for the backward pass. */
  public RunOptions activations(Activations other) {
    return new RunOptions(device, threads, typicalBatchSize, portableStep, precision, other);
  }

  /**
   * Returns these options after checking that a backend has the device and the precision.
   *
   * @throws ConfigurationException if the device is not available, or the backend does not compute
   *     in the precision
   */
  public RunOptions requireSupportOf(Backend backend) {
    if (!backend.devices().contains(device)) {
      throw new ConfigurationException(
          "backend %s has no device %s; it has %s"
              .formatted(backend.name(), device, backend.devices()));
    }
    if (!backend.precisions().contains(precision)) {
      throw onlyFloat32("backend " + backend.name(), "or backend djl, which predicts in bf16");
    }
    return this;
  }

  /**
   * Returns these options after checking that a backend can train with them: in float32.
   *
   * @throws ConfigurationException if they ask for another precision
   */
  public RunOptions requireTrainable() {
    if (precision != ComputePrecision.FLOAT32) {
      throw onlyFloat32(
          "training",
          "because PyTorch's oneDNN computes the gradients of kernels more slowly in bf16; the trained network can predict in bf16");
    }
    return this;
  }

  /**
   * Returns these options after checking that a backend need not recompute activations.
   *
   * @throws ConfigurationException if it would have to
   */
  public RunOptions requireKeptActivationsFor(Backend backend) {
    if (activations != Activations.KEEP) {
      throw new ConfigurationException(
          "backend %s keeps all activations for the backward pass and cannot recompute them; choose backend onnx, or train without recompute"
              .formatted(backend.name()));
    }
    return this;
  }

  private ConfigurationException onlyFloat32(String subject, String advice) {
    return new ConfigurationException(
        "%s computes in float32 only, but precision is %s; choose precision float32, %s"
            .formatted(subject, precision, advice));
  }
}
