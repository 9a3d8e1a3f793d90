package dev.trifocal.zoo;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the literature says of a network with its own input, classes and width.
 *
 * @param parameters learned numbers of the inference graph; running statistics are not counted
 * @param multiplyAdds for one image, of convolutions and dense layers
 * @param top1 accuracy on ImageNet's validation images in percent, of one network
 */
public record PublishedResults(
    Optional<PublishedFigure> parameters,
    Optional<PublishedFigure> multiplyAdds,
    Optional<PublishedFigure> top1) {
  private static final String TORCHVISION = "torchvision.models, metadata of IMAGENET1K_V1";

  /** Nothing yet. */
  public static final PublishedResults NOTHING =
      new PublishedResults(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * The figures of torchvision's weights {@code IMAGENET1K_V1}, as its documentation has them.
   *
   * @param multiplyAdds which torchvision calls GFLOPS
   */
  public static PublishedResults torchvision(long parameters, String multiplyAdds, String top1) {
    return NOTHING
        .parameters(parameters, TORCHVISION)
        .multiplyAdds(multiplyAdds, TORCHVISION)
        .top1(top1, TORCHVISION);
  }

  public PublishedResults parameters(long count, String source) {
    return new PublishedResults(
        Optional.of(new PublishedFigure(BigDecimal.valueOf(count), source)), multiplyAdds, top1);
  }

  /**
   * @param count with the published digits: {@code "4.089E9"}
   */
  public PublishedResults multiplyAdds(String count, String source) {
    return new PublishedResults(parameters, figure(count, source), top1);
  }

  /**
   * @param percent with the published digits: {@code "76.13"}
   */
  public PublishedResults top1(String percent, String source) {
    return new PublishedResults(parameters, multiplyAdds, figure(percent, source));
  }

  private static Optional<PublishedFigure> figure(String value, String source) {
    return Optional.of(new PublishedFigure(new BigDecimal(value), source));
  }
}
