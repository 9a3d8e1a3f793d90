package dev.trifocal.documentation;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.gelu;
import static dev.trifocal.layer.Layer.logSoftmax;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.explain.Explanations;
import dev.trifocal.explain.HeatMap;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Sequential;
import dev.trifocal.graph.Value;
import dev.trifocal.image.Image;
import dev.trifocal.inspect.LayerPictures;
import dev.trifocal.inspect.LayerValues;
import dev.trifocal.inspect.ValueStatistics;
import dev.trifocal.metric.MeanMetric;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossInputs;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.vision.Classification;
import dev.trifocal.vision.FullyConvolutionalClassifier;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import dev.trifocal.vision.ScoreMap;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The samples of the guide; a test compares them with it and runs them on every engine. */
final class GuideSamples {
  private GuideSamples() {}

  // residual: begin
  static Value residual(Value x, int channels) {
    return x.then(conv(channels, 3).same())
        .then(batchNorm())
        .then(relu())
        .then(conv(channels, 3).same())
        .then(batchNorm())
        .plus(x)
        .then(relu());
  }

  // residual: end

  // composed: begin
  static Sequential convBlock(int channels) {
    return Sequential.of(conv(channels, 3).withoutBias().same(), batchNorm(), relu());
  }

  // composed: end

  static Value kernels(Value x) {
    return
    // kernel: begin
    x.then(conv(8, 1, 7).same()).then(conv(8, 7, 1).same())
    // kernel: end
    ;
  }

  static Value activation(Value x) {
    return
    // gelu: begin
    x.then(gelu())
    // gelu: end
    ;
  }

  // data: begin
  record Measured(Tensor images, Tensor sizes, Tensor ids) implements Dataset {
    @Override
    public int size() {
      return ids.shape().size(0);
    }

    @Override
    public Batch batch(int[] indices) {
      return new Batch(
          Map.of("image", images.rows(indices), "size", sizes.rows(indices)),
          Map.of("label", ids.rows(indices)));
    }

    @Override
    public List<String> classes() {
      return List.of("small", "large");
    }
  }

  // data: end

  // metric: begin
  /** The share of samples whose top two probabilities differ by at least {@code margin}. */
  record DecidedShare(String output, float margin) implements MeanMetric {
    @Override
    public String name() {
      return "decided";
    }

    @Override
    public WeightedMean of(Tensor output, Tensor labels) {
      Tensor probabilities = output.softmax(1);
      int decided = 0;
      for (int n = 0; n < probabilities.shape().size(0); n++) {
        float[] row = probabilities.row(n).toFloats();
        Arrays.sort(row);
        decided += row[row.length - 1] - row[row.length - 2] >= margin ? 1 : 0;
      }
      return new WeightedMean(decided, probabilities.shape().size(0));
    }
  }

  // metric: end

  // loss: begin
  /** Cross-entropy minus the weighted entropy of the prediction (Pereyra et al. 2017). */
  record ConfidencePenalty(double weight) implements Loss {
    @Override
    public Value of(LossInputs in) {
      Value logProbabilities = in.output().then(logSoftmax());
      Value crossEntropy = in.classes().times(logProbabilities).sum(0).times(-1);
      Value entropy = logProbabilities.exp().times(logProbabilities).sum(0).times(-1);
      return crossEntropy.minus(entropy.times(weight)).mean();
    }
  }

  // loss: end

  // schedule: begin
  /** Rises and falls linearly, from 0 to 1 and back (Smith 2017). */
  record Triangular(long period) implements Schedule {
    @Override
    public double factor(long step, long total) {
      double phase = (double) (step % period) / period;
      return 1 - Math.abs(2 * phase - 1);
    }
  }

  // schedule: end

  // optimizer: begin
  /** Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms". */
  record Lion(double learningRate, double beta1, double beta2, double weightDecay)
      implements Optimizer {
    @Override
    public Lion learningRate(double value) {
      return new Lion(value, beta1, beta2, weightDecay);
    }

    @Override
    public Lion weightDecay(double value) {
      return new Lion(learningRate, beta1, beta2, value);
    }

    @Override
    public List<String> slots() {
      return List.of("momentum");
    }

    @Override
    public <T> Update<T> update(
        Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
      T momentum = slots.get("momentum");
      T sign = math.sign(interpolate(math, momentum, gradient, beta1));
      T direction = math.add(sign, math.multiply(weight, math.constant(weightDecay)));
      return new Update<>(
          math.subtract(weight, math.multiply(scalars.get(LEARNING_RATE), direction)),
          Map.of("momentum", interpolate(math, momentum, gradient, beta2)));
    }

    private static <T> T interpolate(Arithmetic<T> math, T from, T to, double beta) {
      return math.add(
          math.multiply(from, math.constant(beta)), math.multiply(to, math.constant(1 - beta)));
    }
  }

  // optimizer: end

  // callback: begin
  record StopAt(double accuracy) implements Callback {
    @Override
    public void epochEnded(EpochRecord epoch, TrainingControl control) {
      Double reached = epoch.metrics().get("val_accuracy");
      Objects.requireNonNull(reached, "needs validation data and the metric Accuracy");
      if (reached >= accuracy) {
        control.stop("val_accuracy has reached " + accuracy);
      }
    }
  }

  // callback: end

  // loop: begin
  static Weights loop(Backend backend, Graph graph, Dataset data, int updates) {
    TrainingPlan plan = TrainingPlan.of(Loss.softmaxCrossEntropy(), Adam.of(0.01));
    try (TrainingSession session =
        backend.train(plan, Checkpoint.start(graph, 42), RunOptions.DEFAULT)) {
      for (int update = 0; update < updates; update++) {
        for (int half = 0; half < 2; half++) {
          int first = 4 * update + 2 * half;
          Batch batch = data.batch(new int[] {first, first + 1});
          session.accumulate(
              Map.of(Graph.INPUT, batch.input()), Map.of(Graph.OUTPUT, batch.label()));
        }
        double rate = 0.01 / (1 + update);
        session.update(rate);
      }
      return session.weights();
    }
  }

  // loop: end

  // predict: begin
  static String predict(Path model, Path image) {
    try (ImageClassifier classifier = ImageClassifier.load(model)) {
      Classification classification = classifier.predict(image);
      return classification.best().name();
    }
  }

  // predict: end

  // explain: begin
  static Image explain(TrainingState trained, Backend backend, Image image, int label) {
    try (Explanations explanations = Explanations.of(trained, backend)) {
      HeatMap map = explanations.explain(image, label, ExplanationMethod.gradCam());
      return map.over(explanations.seen(image));
    }
  }

  // explain: end

  // scoremap: begin
  static Image mostLikely(Path model, Image image) {
    try (FullyConvolutionalClassifier classifier = FullyConvolutionalClassifier.load(model)) {
      ScoreMap map = classifier.predict(image);
      Prediction highest = map.classes().get(0);
      return map.heatMap(highest.id()).over(map.image(), 1);
    }
  }

  // scoremap: end

  // inspect: begin
  static Image featureMaps(TrainingState trained, Backend backend, Tensor images, String path) {
    Graph graph = trained.prediction();
    Weights weights = trained.checkpoint().weights();
    LayerValues values = LayerValues.of(graph, weights, images, backend, RunOptions.DEFAULT);
    if (ValueStatistics.of(values.value(path)).nonFinite() > 0) {
      throw new DataException(path + " has values that are not finite");
    }
    return LayerPictures.featureMaps(values.value(path), 0);
  }

  // inspect: end

  static Shape shape() {
    return Shape.of(4, 12, 12);
  }
}
