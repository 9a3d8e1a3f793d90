package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags that say how a training goes. */
@OptionSection("Training")
public final class HyperparameterFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training samples; of transfer, those with the base frozen. Default: 5;"
              + " of transfer 10.")
  private void epochs(String value) {
    values.put("epochs", value);
  }

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Samples per batch. Default: 64; of transfer 32.")
  private void batchSize(String value) {
    values.put("batch-size", value);
  }

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Batches whose gradients make one step together, for large batches in little memory."
              + " Default: 1.")
  private void accumulate(String value) {
    values.put("accumulate", value);
  }

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "adam, adamw, nadam, rmsprop, sgd or adagrad. Default: adam.")
  private void optimizer(String value) {
    values.put("optimizer", value);
  }

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "Learning rate, at its highest. Default: 0.002 for adam, adamw and nadam;"
              + " 0.001 rmsprop; 0.05 sgd; 0.01 adagrad.")
  private void lr(String value) {
    values.put("lr", value);
  }

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Of sgd and rmsprop, below 1. Default: 0.")
  private void momentum(String value) {
    values.put("momentum", value);
  }

  @Option(names = "--nesterov", description = "Nesterov's momentum, for sgd.")
  private void nesterov(boolean value) {
    values.put("nesterov", String.valueOf(value));
  }

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Default: 0.01 for adamw, else 0.")
  private void weightDecay(String value) {
    values.put("weight-decay", value);
  }

  @Option(
      names = "--decay-of",
      paramLabel = "WHAT",
      description =
          "What weight decay applies to: all, or weights (not biases and norms)."
              + " Default: all.")
  private void decayOf(String value) {
    values.put("decay-of", value);
  }

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      description = "Largest size of a gradient's element. Default: no limit.")
  private void clipValue(String value) {
    values.put("clip-value", value);
  }

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      description = "Largest norm of all gradients together. Default: no limit.")
  private void clipNorm(String value) {
    values.put("clip-norm", value);
  }

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "Of the learning rate: constant, cosine, one-cycle, step, exponential or plateau."
              + " Default: one-cycle, which is constant over fewer than 7 steps.")
  private void schedule(String value) {
    values.put("schedule", value);
  }

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Steps during which the rate rises before the schedule. Default: 0.")
  private void warmUp(String value) {
    values.put("warm-up", value);
  }

  @Option(
      names = "--gamma",
      paramLabel = "X",
      description =
          "What the schedules step, exponential and plateau multiply the rate by."
              + " Default: 0.1 for step and plateau, 0.9 for exponential.")
  private void gamma(String value) {
    values.put("gamma", value);
  }

  @Option(
      names = "--step-size",
      paramLabel = "N",
      description = "Epochs between two changes of the schedule step. Default: 10.")
  private void stepSize(String value) {
    values.put("step-size", value);
  }

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Share of each label that is spread over all classes. Default: 0.")
  private void labelSmoothing(String value) {
    values.put("label-smoothing", value);
  }

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one. Default: never.")
  private void patience(String value) {
    values.put("patience", value);
  }

  @Option(
      names = "--best-by",
      paramLabel = "METRIC",
      description =
          "What says which epoch is the best: loss, or one of the metrics. Of equal values the lower"
              + " validation loss is better. Default: accuracy.")
  private void bestBy(String value) {
    values.put("best-by", value);
  }

  @Option(names = "--no-shuffle", description = "Samples in their own order in every epoch.")
  private void noShuffle(boolean value) {
    values.put("shuffle", String.valueOf(!value));
  }

  @Option(names = "--no-tensorboard", description = "Write no event files for TensorBoard.")
  private void noTensorboard(boolean value) {
    values.put("tensorboard", String.valueOf(!value));
  }

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Steps between two saves, besides those after each epoch. Default: 500.")
  private void checkpointEvery(String value) {
    values.put("checkpoint-every", value);
  }

  @Option(
      names = "--rates",
      paramLabel = "PATH=X[,...]",
      description =
          "Parts of the network that learn at a multiple of the rate: head=10,features.0=0.1."
              + " Default: all alike.")
  private void rates(String value) {
    values.put("rates", value);
  }

  Map<String, String> values() {
    return values;
  }
}
