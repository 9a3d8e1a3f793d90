package dev.trifocal.explain;

import dev.trifocal.tensor.Tensor;
import java.util.Optional;

/** A way to explain a classifier's score for a class by a heat map over the image. */
@FunctionalInterface
public interface ExplanationMethod {
  /**
   * Explains a score.
   *
   * @param image one image as the network reads it, float32 {@code [1, C, H, W]}
   * @param label class id
   * @throws dev.trifocal.error.TrifocalException if there is no such class, or the method does not
   *     suit the network
   */
  HeatMap explain(ExplainedClassifier classifier, Tensor image, int label);

  /** Returns {@link GradCam} on the layer that {@link ExplainedClassifier#lastMaps} chooses. */
  static GradCam gradCam() {
    return new GradCam(Optional.empty());
  }

  /** Returns {@link GradCam} on the layer at a path. */
  static GradCam gradCam(String layer) {
    return new GradCam(Optional.of(layer));
  }

  /** Returns {@link LayerCam} on the layer that {@link ExplainedClassifier#lastMaps} chooses. */
  static LayerCam layerCam() {
    return new LayerCam(Optional.empty());
  }

  /** Returns {@link LayerCam} on the layer at a path. */
  static LayerCam layerCam(String layer) {
    return new LayerCam(Optional.of(layer));
  }

  /** Returns {@link Occlusion} by a seventh of the image's shorter side, in steps of half that. */
  static ExplanationMethod occlusion() {
    return (classifier, image, label) -> {
      int side = Math.min(image.shape().size(2), image.shape().size(3));
      int window = Math.max(1, side / 7);
      return occlusion(window, Math.max(1, window / 2)).explain(classifier, image, label);
    };
  }

  /**
   * Returns {@link Occlusion}.
   *
   * @param window height and width of the square, in pixels of the input
   * @param stride distance between squares, at most {@code window}
   */
  static Occlusion occlusion(int window, int stride) {
    return new Occlusion(window, stride);
  }

  /** Returns {@link IntegratedGradients} with 32 steps. */
  static IntegratedGradients integratedGradients() {
    return new IntegratedGradients(32);
  }
}
