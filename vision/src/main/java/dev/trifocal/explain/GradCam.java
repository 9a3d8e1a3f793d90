package dev.trifocal.explain;

import dev.trifocal.tensor.Tensor;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): the positive part of the sum of a layer's
 * feature maps, each weighted by the mean of the score's gradient over it. The map has the height
 * and width of the layer.
 *
 * @param layer path of a layer with feature maps {@code [C, H, W]}; empty for the one that {@link
 *     ExplainedClassifier#lastMaps} chooses
 */
public record GradCam(Optional<String> layer) implements ExplanationMethod {
  @Override
  public HeatMap explain(ExplainedClassifier classifier, Tensor image, int label) {
    String path = classifier.requireMaps(layer);
    FeatureMaps maps = FeatureMaps.of(classifier.value(path, image).row(0));
    FeatureMaps gradients = FeatureMaps.of(classifier.gradient(path, image, label));
    double[] means = IntStream.range(0, maps.channels()).mapToDouble(gradients::mean).toArray();
    return maps.weighted((channel, pixel) -> means[channel]);
  }
}
