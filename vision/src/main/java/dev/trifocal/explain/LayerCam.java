package dev.trifocal.explain;

import dev.trifocal.tensor.Tensor;
import java.util.Optional;

/**
 * LayerCAM (Jiang et al. 2021, equations 5 to 7): like {@link GradCam}, but each value of a feature
 * map is weighted by the positive part of its own gradient, which also suits early layers.
 *
 * @param layer path of a layer with feature maps {@code [C, H, W]}; empty for the one that {@link
 *     ExplainedClassifier#lastMaps} chooses
 */
public record LayerCam(Optional<String> layer) implements ExplanationMethod {
  @Override
  public HeatMap explain(ExplainedClassifier classifier, Tensor image, int label) {
    String path = classifier.requireMaps(layer);
    FeatureMaps maps = FeatureMaps.of(classifier.value(path, image).row(0));
    FeatureMaps gradients = FeatureMaps.of(classifier.gradient(path, image, label));
    return maps.weighted((channel, pixel) -> Math.max(0, gradients.at(channel, pixel)));
  }
}
