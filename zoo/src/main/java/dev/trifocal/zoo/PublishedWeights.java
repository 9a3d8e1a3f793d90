package dev.trifocal.zoo;

/**
 * Trained weights that others offer, and whose names this network follows, so that they load by
 * name.
 *
 * @param origin who made them, and where they are described
 * @param licence under which they are offered
 */
public record PublishedWeights(String origin, String licence) {
  /** torchvision's, for the model of the given name there. */
  public static PublishedWeights torchvision(String model) {
    return new PublishedWeights(
        "torchvision " + model + ", https://pytorch.org/vision/stable/models.html", "BSD-3-Clause");
  }

  /** Those of PyTorch Image Models, for the model of the given name there. */
  public static PublishedWeights timm(String model) {
    return new PublishedWeights(
        "timm " + model + ", https://github.com/huggingface/pytorch-image-models", "Apache-2.0");
  }
}
