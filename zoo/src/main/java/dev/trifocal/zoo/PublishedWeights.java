package dev.trifocal.zoo;

/**
 * Trained weights published elsewhere that load by name, because the network uses their names.
 *
 * @param origin the publisher, and where the weights are described
 * @param licence the licence of the weights
 */
public record PublishedWeights(String origin, String licence) {
  /** Returns torchvision's weights of the given torchvision model. */
  public static PublishedWeights torchvision(String model) {
    return new PublishedWeights(
        "torchvision " + model + ", https://pytorch.org/vision/stable/models.html", "BSD-3-Clause");
  }

  /** Returns the PyTorch Image Models weights of the given timm model. */
  public static PublishedWeights timm(String model) {
    return new PublishedWeights(
        "timm " + model + ", https://github.com/huggingface/pytorch-image-models", "Apache-2.0");
  }
}
