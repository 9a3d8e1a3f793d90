package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the hyper-parameters of a training run. */
@OptionSection("Training")
public final class HyperparameterFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training set; for transfer, those with the base frozen. Default: 5; for"
              + " transfer, 10.")
  private void epochs(String value) {
    values.put("epochs", value);
  }

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Samples per batch. Default: 64; for transfer, 32.")
  private void batchSize(String value) {
    values.put("batch-size", value);
  }

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Batches whose gradients are accumulated for one step; gives large effective batches in"
              + " little memory. Default: 1.")
  private void accumulate(String value) {
    values.put("accumulate", value);
  }

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory that the whole process may take, such as 4GiB. Batches that do not fit by the"
              + " engine's predicted peak are divided into equal parts, whose gradients are"
              + " accumulated. Default: what the machine or container has free.")
  private void memory(String value) {
    values.put("memory", value);
  }

  @Option(
      names = "--recompute",
      description =
          "Keep only the activations at the borders of blocks of layers, and compute the others again"
              + " in the backward pass: less memory, more time, the same numbers. Backend onnx only.")
  private void recompute(boolean value) {
    values.put("recompute", String.valueOf(value));
  }

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Optimizer: adam, adamw, nadam, rmsprop, sgd or adagrad. Default: adam.")
  private void optimizer(String value) {
    values.put("optimizer", value);
  }

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "Peak learning rate. Default: 0.002 for adam, adamw and nadam; 0.001 for rmsprop; 0.05"
              + " for sgd; 0.01 for adagrad.")
  private void lr(String value) {
    values.put("lr", value);
  }

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Momentum of sgd and rmsprop, at least 0 and below 1. Default: 0.")
  private void momentum(String value) {
    values.put("momentum", value);
  }

  @Option(names = "--nesterov", description = "Use Nesterov momentum with sgd.")
  private void nesterov(boolean value) {
    values.put("nesterov", String.valueOf(value));
  }

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Weight decay. Default: 0.01 for adamw, else 0.")
  private void weightDecay(String value) {
    values.put("weight-decay", value);
  }

  @Option(
      names = "--decay-of",
      paramLabel = "SCOPE",
      description =
          "Parameters that weight decay applies to: all, or weights (excludes biases and"
              + " normalisation layers). Default: all.")
  private void decayOf(String value) {
    values.put("decay-of", value);
  }

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      description = "Clip each gradient element to [-X, X]. Default: no clipping.")
  private void clipValue(String value) {
    values.put("clip-value", value);
  }

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      description = "Clip the global norm of all gradients to X. Default: no clipping.")
  private void clipNorm(String value) {
    values.put("clip-norm", value);
  }

  @Option(
      names = "--ema",
      paramLabel = "X",
      description =
          "Decay of an exponential moving average of the weights, such as 0.999. The averaged"
              + " weights are evaluated and saved as best. Default: no averaging.")
  private void ema(String value) {
    values.put("ema", value);
  }

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Fraction of each label that is spread evenly over all classes. Default: 0.")
  private void labelSmoothing(String value) {
    values.put("label-smoothing", value);
  }

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "Loss: cross-entropy, focal, dice or cross-entropy+dice. Default: cross-entropy, of"
              + " sigmoids if the network ends in these.")
  private void loss(String value) {
    values.put("loss", value);
  }

  @Option(
      names = "--class-weights",
      paramLabel = "NAME|X[,...]",
      description =
          "Weight of each class in the loss: 'balanced', inversely proportional to class frequency,"
              + " 'median-frequency', by the share of pixels where a class occurs, or one number per"
              + " class. Default: equal weights.")
  private void classWeights(String value) {
    values.put("class-weights", value);
  }

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop early after N epochs without improvement. Default: never.")
  private void patience(String value) {
    values.put("patience", value);
  }

  @Option(
      names = "--best-by",
      paramLabel = "METRIC",
      description =
          "Metric that chooses the best epoch: loss, or one of the metrics. Ties go to the lower"
              + " validation loss. Default: accuracy.")
  private void bestBy(String value) {
    values.put("best-by", value);
  }

  @Option(names = "--no-shuffle", description = "Do not shuffle the training samples.")
  private void noShuffle(boolean value) {
    values.put("shuffle", String.valueOf(!value));
  }

  @Option(names = "--no-tensorboard", description = "Do not write TensorBoard event files.")
  private void noTensorboard(boolean value) {
    values.put("tensorboard", String.valueOf(!value));
  }

  @Option(
      names = "--histograms",
      paramLabel = "N",
      description =
          "Write histograms of weights and gradients to the event files, in the last step of every Nth"
              + " epoch. That step computes gradients and update separately: numbers may differ by"
              + " rounding, and ONNX Runtime needs more memory. Cannot change when a run resumes."
              + " Default: none.")
  private void histograms(String value) {
    values.put("histograms", value);
  }

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Save the training state every N steps, in addition to after each epoch. Default: 500.")
  private void checkpointEvery(String value) {
    values.put("checkpoint-every", value);
  }

  @Option(
      names = "--rates",
      paramLabel = "PATH=X[,...]",
      description =
          "Learning rate multipliers for parts of the network, such as head=10,block1=0.1."
              + " Default: 1 everywhere.")
  private void rates(String value) {
    values.put("rates", value);
  }

  Map<String, String> values() {
    return values;
  }
}
