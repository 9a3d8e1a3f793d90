package dev.trifocal.apps.command;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.explain.ExplainedClassifier;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.explain.GradCam;
import dev.trifocal.explain.LayerCam;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for how scores are explained. */
public final class ExplanationFlags {
  /** The methods that a user can select. */
  enum Method {
    GRAD_CAM,
    LAYER_CAM,
    OCCLUSION,
    INTEGRATED_GRADIENTS;

    /** Returns the value as written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "grad-cam",
      description =
          "grad-cam: the feature maps of a layer, weighted by their mean gradients. layer-cam: the same"
              + " with a weight per pixel, also for early layers. occlusion: how far the score falls"
              + " when a square is hidden. integrated-gradients: each pixel times its gradient,"
              + " averaged on the way from an input of zeros. Default: ${DEFAULT-VALUE}.")
  private Method method;

  @Option(
      names = "--layer",
      paramLabel = "PATH",
      description =
          "The layer for grad-cam and layer-cam, by its path in 'trifocal summary'. Default: the last"
              + " one of the size of the last convolution.")
  private Optional<String> layer = Optional.empty();

  /** Returns the name of the method as written on the command line. */
  String name() {
    return method.toString();
  }

  /**
   * Returns the method.
   *
   * @throws ConfigurationException if it has no layer, but one is given
   */
  ExplanationMethod method() {
    if (layer.isPresent() && !usesLayer()) {
      throw new ConfigurationException(
          "--layer applies to grad-cam and layer-cam, but the method is " + method);
    }
    return switch (method) {
      case GRAD_CAM -> new GradCam(layer);
      case LAYER_CAM -> new LayerCam(layer);
      case OCCLUSION -> ExplanationMethod.occlusion();
      case INTEGRATED_GRADIENTS -> ExplanationMethod.integratedGradients();
    };
  }

  /** Returns the layer that is given. */
  Optional<String> layer() {
    return layer;
  }

  /** Returns the layer whose feature maps are used; empty if the method uses none. */
  Optional<String> layerOf(ExplainedClassifier classifier) {
    return usesLayer() ? Optional.of(classifier.requireMaps(layer)) : Optional.empty();
  }

  private boolean usesLayer() {
    return method == Method.GRAD_CAM || method == Method.LAYER_CAM;
  }
}
