package dev.trifocal.apps.onnx;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxFile;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What follows the logits of a classifier of blue and red, which are 3 times the mean of blue and 3
 * times the mean of red.
 */
enum ScoreEnd {
  LOGITS,
  SOFTMAX,
  LOG_SOFTMAX,
  /** The softmax limited to [1e-7, 1 - 1e-7], as in files of Keras. */
  CLIP,
  /** The softmax rounded to 8 bits. */
  INT8,
  /** The logits rounded to 8 bits, as whole numbers. */
  WHOLE_LOGITS,
  /** A single unit, the difference of the logits. */
  SIGMOID,
  LOG_SIGMOID,
  /** The log-sigmoid as Keras computes it. */
  SOFTPLUS,
  /** Five independent units; those after the first two have the logit -1. */
  SIGMOIDS,
  FEATURES_FIRST,
  FEATURES_LAST,
  TOPK,
  ARGMAX;

  private static final double OTHERS = -1;

  String file() {
    return this + ".onnx";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the operator without a gradient. */
  String operator() {
    return switch (this) {
      case INT8, WHOLE_LOGITS -> "QuantizeLinear";
      case TOPK -> "TopK";
      case ARGMAX -> "ArgMax";
      default -> throw new IllegalStateException(name());
    };
  }

  /** Returns the folder of its images. */
  String data() {
    return this == SIGMOIDS ? "five" : "two";
  }

  /** Returns the images that it is trained on. */
  List<ColorImage> training() {
    return this == SIGMOIDS
        ? Stream.concat(ColorImage.TRAINING.stream(), ColorImage.OTHERS.stream()).toList()
        : ColorImage.TRAINING;
  }

  /** Returns whether the output is in order of the scores. */
  boolean isRanking() {
    return this == TOPK || this == ARGMAX;
  }

  double tolerance() {
    return this == INT8 || this == WHOLE_LOGITS ? 5e-3 : 1e-5;
  }

  /** Returns the probability of the image's own color. */
  double probability(ColorImage image) {
    return probabilities(image)[classes().indexOf(image.color())];
  }

  /** Returns the probabilities of the classes. */
  double[] probabilities(ColorImage image) {
    double[] logits = Arrays.stream(image.channels()).map(channel -> 3 * channel).toArray();
    if (this == SIGMOIDS) {
      double others = sigmoid(OTHERS);
      return new double[] {sigmoid(logits[0]), sigmoid(logits[1]), others, others, others};
    }
    double red = sigmoid(logits[1] - logits[0]);
    return new double[] {1 - red, red};
  }

  /** Returns the mean cross-entropy of images. */
  double loss(List<ColorImage> images) {
    return images.stream().mapToDouble(this::loss).average().orElseThrow();
  }

  private double loss(ColorImage image) {
    int label = classes().indexOf(image.color());
    double[] shares = probabilities(image);
    if (this != SIGMOIDS) {
      return -Math.log(shares[label]);
    }
    double sum = 0;
    for (int unit = 0; unit < shares.length; unit++) {
      sum -= Math.log(unit == label ? shares[unit] : 1 - shares[unit]);
    }
    return sum / shares.length;
  }

  private List<String> classes() {
    return this == SIGMOIDS
        ? List.of("blue", "red", "green", "black", "white")
        : List.of("blue", "red");
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  void write(Path folder) {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(toString());
    String image = onnx.batchInput("data", Shape.of(3, 4, 4));
    String means = onnx.node("Flatten", List.of(onnx.node("GlobalAveragePool", List.of(image))));
    String logits = logits(onnx, means);
    switch (this) {
      case LOGITS -> onnx.batchOutput("p", logits, Shape.of(2));
      case SOFTMAX -> onnx.batchOutput("p", softmax(onnx, logits), Shape.of(2));
      case LOG_SOFTMAX -> onnx.batchOutput("p", axis(onnx, "LogSoftmax", logits, -1), Shape.of(2));
      case CLIP -> {
        List<String> limits = List.of(onnx.constant(1e-7), onnx.constant(1 - 1e-7));
        List<String> inputs = List.of(softmax(onnx, logits), limits.get(0), limits.get(1));
        onnx.batchOutput("p", onnx.node("Clip", inputs), Shape.of(2));
      }
      case INT8 -> onnx.batchOutput("p", rounded(onnx, softmax(onnx, logits)), Shape.of(2));
      case WHOLE_LOGITS -> {
        List<String> scaled = List.of(logits, onnx.constant(1 / 80.0));
        onnx.batchOutput("p", cast(onnx, onnx.node("QuantizeLinear", scaled)), Shape.of(2));
      }
      case SIGMOID -> onnx.batchOutput("p", one(onnx, "Sigmoid", logits), Shape.of(1));
      case LOG_SIGMOID ->
          onnx.batchOutput("p", one(onnx, "Log", one(onnx, "Sigmoid", logits)), Shape.of(1));
      case SOFTPLUS -> {
        String softplus = one(onnx, "Softplus", one(onnx, "Neg", logits));
        onnx.batchOutput("p", one(onnx, "Neg", softplus), Shape.of(1));
      }
      case SIGMOIDS -> onnx.batchOutput("p", one(onnx, "Sigmoid", logits), Shape.of(5));
      case FEATURES_FIRST -> {
        onnx.batchOutput("features", means, Shape.of(3));
        onnx.batchOutput("p", softmax(onnx, logits), Shape.of(2));
      }
      case FEATURES_LAST -> {
        onnx.batchOutput("p", softmax(onnx, logits), Shape.of(2));
        onnx.batchOutput("features", means, Shape.of(3));
      }
      case TOPK -> {
        List<String> best = onnx.node("TopK", 2, List.of(softmax(onnx, logits), onnx.longs(2)));
        onnx.batchOutput("values", best.get(0), Shape.of(2));
        onnx.batchOutput("ids", cast(onnx, best.get(1)), Shape.of(2));
      }
      case ARGMAX ->
          onnx.batchOutput("label", cast(onnx, axis(onnx, "ArgMax", logits, 1)), Shape.of(1));
    }
    ModelMetadata metadata =
        new ModelMetadata(classes(), Optional.of(Preprocessing.UNIT), Optional.empty(), "");
    OnnxFile.write(folder.resolve(file()), onnx.build(metadata.properties()));
  }

  private String logits(OnnxGraphBuilder onnx, String means) {
    boolean single = this == SIGMOID || this == LOG_SIGMOID || this == SOFTPLUS;
    int units = single ? 1 : this == SIGMOIDS ? 5 : 2;
    float[] weights = new float[3 * units];
    weights[0] = single ? 3 : 0;
    weights[single ? 0 : 1] = 3;
    weights[2 * units] = single ? -3 : 3;
    float[] bias = new float[units];
    Arrays.fill(bias, Math.min(2, units), units, (float) OTHERS);
    if (units == 1) {
      bias[0] = 0;
    }
    String kernel = onnx.initializer("weights", Tensor.of(Shape.of(3, units), weights));
    String product = onnx.node("MatMul", List.of(means, kernel));
    return onnx.node(
        "Add", List.of(product, onnx.initializer("bias", Tensor.of(Shape.of(units), bias))));
  }

  private static String one(OnnxGraphBuilder onnx, String operator, String input) {
    return onnx.node(operator, List.of(input));
  }

  private static String axis(OnnxGraphBuilder onnx, String operator, String input, long axis) {
    return onnx.node(operator, List.of(input), Attribute.of("axis", axis));
  }

  private static String softmax(OnnxGraphBuilder onnx, String logits) {
    return axis(onnx, "Softmax", logits, -1);
  }

  private static String cast(OnnxGraphBuilder onnx, String ids) {
    return onnx.node("Cast", List.of(ids), Attribute.of("to", 1L));
  }

  /** To 8 bits and back. */
  private static String rounded(OnnxGraphBuilder onnx, String values) {
    String scale = onnx.constant(1 / 256.0);
    return onnx.node(
        "DequantizeLinear", List.of(onnx.node("QuantizeLinear", List.of(values, scale)), scale));
  }
}
