package dev.trifocal.vision;

import dev.trifocal.error.DataException;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts the scores of a batch to class probabilities, as the model defines its scores. */
record ScoreReader(ClassifierModel model) {
  /** The largest probability, with room for rounding to 8 bits. */
  private static final double LARGEST = 1.01;

  /**
   * Converts the scores.
   *
   * @param outputs outputs of the program
   * @param samples number of samples in the batch
   * @throws DataException if the output does not hold one row of scores for each sample, or no
   *     numbers at all
   */
  List<Classification> read(Map<String, Tensor> outputs, int samples) {
    Tensor scores = rows(numbers(outputs, model.scores().name()), samples);
    if (model.scores().kind() == ScoreKind.CLASS_IDS) {
      return ids(scores);
    }
    Optional<Tensor> ids = model.scores().ids().map(name -> rows(numbers(outputs, name), samples));
    if (ids.isPresent()) {
      return best(ids.get(), scores);
    }
    int units = scores.shape().size(1);
    requireNames(isBinary(units) ? 2 : units);
    List<Classification> result = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      result.add(Classification.of(probabilities(scores.row(i)), model.classes()));
    }
    return result;
  }

  private Tensor numbers(Map<String, Tensor> outputs, String name) {
    Tensor found = outputs.get(name);
    if (found == null) {
      throw new DataException(
          "%s does not classify: its output '%s' holds text, a map or a sequence instead of numbers; export the model without its last step (zipmap=False in skl2onnx), or choose another output"
              .formatted(model.name(), name));
    }
    return found;
  }

  private List<Classification> ids(Tensor ids) {
    int k = ids.shape().size(1);
    double[] unknown = new double[k];
    Arrays.fill(unknown, Double.NaN);
    List<Classification> result = new ArrayList<>();
    for (int i = 0; i < ids.shape().size(0); i++) {
      result.add(Classification.of(longs(ids.row(i)), unknown, model.classes()));
    }
    return result;
  }

  private List<Classification> best(Tensor ids, Tensor scores) {
    boolean logarithms =
        model.scores().kind() == ScoreKind.LOG_PROBABILITIES
            || model.scores().kind() == ScoreKind.LOG_SIGMOID;
    List<Classification> result = new ArrayList<>();
    for (int i = 0; i < ids.shape().size(0); i++) {
      double[] values = reals(scores.row(i));
      double[] shares = logarithms ? Arrays.stream(values).map(Math::exp).toArray() : values;
      result.add(Classification.of(longs(ids.row(i)), shares, model.classes()));
    }
    return result;
  }

  private double[] probabilities(Tensor row) {
    double[] values = reals(row);
    if (isBinary(values.length)) {
      double second = second(values[0]);
      return new double[] {1 - second, second};
    }
    return switch (model.scores().kind()) {
      case PROBABILITIES -> shares(values);
      case SIGMOID -> values;
      case LOG_SIGMOID -> Arrays.stream(values).map(Math::exp).toArray();
      case SIGMOID_LOGITS -> Arrays.stream(values).map(ScoreReader::sigmoid).toArray();
      default -> softmax(values);
    };
  }

  /** Returns the scores that the numbers of the output stand for. */
  private double[] reals(Tensor row) {
    return Arrays.stream(doubles(row)).map(model.scores().quantisation()::real).toArray();
  }

  private static double[] softmax(double[] logits) {
    float[] values = new float[logits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) logits[i];
    }
    return doubles(Tensor.of(Shape.of(values.length), values).softmax(0));
  }

  /** Returns probabilities; percentages and 8-bit values are divided by their sum. */
  private static double[] shares(double[] values) {
    double largest = Arrays.stream(values).max().orElse(0);
    double sum = Arrays.stream(values).sum();
    return largest > LARGEST ? Arrays.stream(values).map(value -> value / sum).toArray() : values;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** Returns the probability of the second of two classes. */
  private double second(double value) {
    return switch (model.scores().kind()) {
      case PROBABILITIES, SIGMOID -> value;
      case LOG_PROBABILITIES, LOG_SIGMOID -> Math.exp(value);
      default -> sigmoid(value);
    };
  }

  private static boolean isBinary(int units) {
    return units == 1;
  }

  /** Returns the scores as {@code [N, K]}, also if the output has axes of size 1 or no batch. */
  private Tensor rows(Tensor output, int samples) {
    Shape shape = output.shape();
    boolean each = shape.rank() >= 1 && shape.size(0) == samples;
    List<Integer> sizes = each ? shape.sample().sizes() : shape.sizes();
    boolean vector = sizes.stream().filter(size -> size != 1).count() <= 1;
    if (shape.rank() == 0 || !vector || shape.elements() % samples != 0) {
      throw new DataException(
          "%s does not classify: its output is %s; %s"
              .formatted(
                  model.name(),
                  shape.rank() == 0 ? shape : shape.sample(),
                  each && sizes.size() == 3
                      ? "for scores at each position, use 'trifocal predict --map', in Java FullyConvolutionalClassifier"
                      : "run it on tensors instead"));
    }
    return output.reshape(samples, (int) (shape.elements() / samples));
  }

  private void requireNames(int classes) {
    int names = model.classes().size();
    if (names != 0 && names != classes) {
      throw new DataException(
          "%s has %d classes, but %d class names were given"
              .formatted(model.name(), classes, names));
    }
  }

  private static double[] doubles(Tensor row) {
    float[] values = row.toFloats();
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  private static long[] longs(Tensor row) {
    if (row.type() == DataType.INT64) {
      return row.toLongs();
    }
    float[] values = row.toFloats();
    long[] result = new long[values.length];
    Arrays.setAll(result, i -> (long) values[i]);
    return result;
  }
}
