package dev.trifocal.explain;

import dev.trifocal.tensor.Tensor;
import java.util.Optional;

/** A way to explain a classifier's score for a class by a heat map over the image. */
@FunctionalInterface
public interface ExplanationMethod {
  /**
   * Explains a score.
   *
   * @param image the network's input, float32 {@code [1, C, H, W]}
   * @param label class id
   */
  HeatMap explain(ExplainedClassifier classifier, Tensor image, int label);

  /** Returns {@link GradCam} on the layer that {@link ExplainedClassifier#lastMaps} chooses. */
  static GradCam gradCam() {
    return new GradCam(Optional.empty());
  }

  /** Returns {@link LayerCam} on the layer that {@link ExplainedClassifier#lastMaps} chooses. */
  static LayerCam layerCam() {
    return new LayerCam(Optional.empty());
  }

  /** Returns {@link Occlusion} by a seventh of the image's shorter side, in steps of half that. */
  static ExplanationMethod occlusion() {
    return (classifier, image, label) -> {
      int side = Math.min(image.shape().size(2), image.shape().size(3));
      int window = Math.max(1, side / 7);
      return new Occlusion(window, Math.max(1, window / 2)).explain(classifier, image, label);
    };
  }

  /** Returns {@link IntegratedGradients} with 32 steps. */
  static IntegratedGradients integratedGradients() {
    return new IntegratedGradients(32);
  }
}
