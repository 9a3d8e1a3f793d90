package dev.trifocal.explain;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.util.Optional;

/**
 * Explains the scores of a classifier of images.
 *
 * <pre>{@code
 * try (Explanations explanations = Explanations.of(trained, Backends.preferred())) {
 *   HeatMap map = explanations.explain(image, label, ExplanationMethod.gradCam());
 *   Image picture = map.over(explanations.seen(image));
 * }
 * }</pre>
 *
 * Not thread-safe.
 */
public final class Explanations implements AutoCloseable {
  /** The shorter side that a picture is drawn with, if the image has as many pixels. */
  private static final int LEGIBLE = 448;

  private final ExplainedClassifier classifier;
  private final ImagePreprocessor preprocessor;

  private Explanations(ExplainedClassifier classifier, ImagePreprocessor preprocessor) {
    this.classifier = classifier;
    this.preprocessor = preprocessor;
  }

  /**
   * Returns the explanations of a classifier.
   *
   * @param classifier closed with the explanations
   * @throws ConfigurationException if the preprocessor's images do not fit the network
   */
  public static Explanations of(ExplainedClassifier classifier, ImagePreprocessor preprocessor) {
    classifier.requireImages(preprocessor.sample());
    return new Explanations(classifier, preprocessor);
  }

  /**
   * Returns the explanations of a network on a backend.
   *
   * @param graph a network with one score per class
   * @param weights the weights of the network
   * @throws ConfigurationException if the network does not classify images
   */
  public static Explanations of(
      Graph graph, Weights weights, ImagePreprocessor preprocessor, Backend backend) {
    return of(
        ExplainedClassifier.of(unnormalised(graph), weights, backend, RunOptions.DEFAULT),
        preprocessor);
  }

  /**
   * Returns the explanations of a trained classifier, such as one that {@link
   * dev.trifocal.trainer.RunDirectory#trained} loads.
   *
   * @throws ConfigurationException if it does not classify images, or does not define its
   *     preprocessing
   */
  public static Explanations of(TrainingState trained, Backend backend) {
    Graph graph = trained.prediction();
    Preprocessing preprocessing =
        trained
            .preprocessing()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s does not say how its images are prepared; give its preprocessing, such as state.preprocessing(Preprocessing.UNIT)"
                            .formatted(graph.name())));
    ExplainedClassifier classifier =
        ExplainedClassifier.of(
            unnormalised(graph), trained.checkpoint().weights(), backend, RunOptions.DEFAULT);
    return of(
        classifier, new ImagePreprocessor(preprocessing, graph.node(classifier.input()).shape()));
  }

  /**
   * Explains the score of a class.
   *
   * @param image an image of any size
   * @param label class id
   * @throws dev.trifocal.error.TrifocalException if there is no such class, or the method does not
   *     suit the network
   */
  public HeatMap explain(Image image, int label, ExplanationMethod method) {
    return method.explain(classifier, preprocessor.tensor(image), label);
  }

  /**
   * Returns the part of an image that the network reads, which a heat map covers, in colour. It has
   * the size of the network's input, or of a large image a multiple of it, up to 448 pixels.
   */
  public Image seen(Image image) {
    Shape sample = preprocessor.sample();
    int shorter = Math.min(sample.size(1), sample.size(2));
    int available = Math.min(image.height(), image.width());
    int factor = Math.max(1, Math.min(LEGIBLE, available) / shorter);
    Preprocessing scaled =
        preprocessor
            .preprocessing()
            .shorterSide(factor * preprocessor.preprocessing().shorterSide());
    Shape larger = Shape.of(3, factor * sample.size(1), factor * sample.size(2));
    return new ImagePreprocessor(scaled, larger).fit(image);
  }

  private static Logits unnormalised(Graph graph) {
    ScoreOutput scores =
        ScoreOutput.choose(graph.name(), ScoreOutput.of(graph), 0, Optional.empty());
    return Logits.unnormalised(graph, scores.name());
  }

  @Override
  public void close() {
    classifier.close();
  }
}
