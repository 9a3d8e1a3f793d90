package dev.trifocal.zoo;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Published figures for a network with its original input shape, classes and width.
 *
 * @param parameters the trainable parameters of the inference graph, without running statistics
 * @param multiplyAdds the multiply-adds of convolutions and dense layers for one image
 * @param top1 the top-1 accuracy of a single network on the ImageNet validation set, in percent
 */
public record PublishedResults(
    Optional<PublishedFigure> parameters,
    Optional<PublishedFigure> multiplyAdds,
    Optional<PublishedFigure> top1) {
  private static final String TORCHVISION = "torchvision.models, metadata of IMAGENET1K_V1";

  /** No published figures. */
  public static final PublishedResults NOTHING =
      new PublishedResults(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Returns the figures of torchvision's weights {@code IMAGENET1K_V1}, from its documentation.
   *
   * @param multiplyAdds the multiply-adds, which torchvision calls GFLOPS
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
   * Returns these results with the multiply-adds.
   *
   * @param count the count with its published digits, such as {@code "4.089E9"}
   */
  public PublishedResults multiplyAdds(String count, String source) {
    return new PublishedResults(parameters, figure(count, source), top1);
  }

  /**
   * Returns these results with the top-1 accuracy.
   *
   * @param percent the accuracy with its published digits, such as {@code "76.13"}
   */
  public PublishedResults top1(String percent, String source) {
    return new PublishedResults(parameters, multiplyAdds, figure(percent, source));
  }

  private static Optional<PublishedFigure> figure(String value, String source) {
    return Optional.of(new PublishedFigure(new BigDecimal(value), source));
  }
}
