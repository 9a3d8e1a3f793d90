package dev.trifocal.zoo;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.hub.HubFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trained weights on a model hub for a network with the same layers, padding and epsilon, so that
 * they reproduce the published scores.
 *
 * @param file the weights file, in safetensors format
 * @param names translates the file's names to the network's
 * @param classNames a file with a JSON object from class id to name
 * @param licence the licence of the weights, as an SPDX identifier
 * @param interpolation the interpolation with which the publisher resizes images; Trifocal always
 *     uses bilinear
 */
public record HubWeights(
    HubFile file, ParameterNames names, HubFile classNames, String licence, String interpolation) {
  /**
   * Reads a file of these weights.
   *
   * @param model the model that the weights belong to
   * @return exactly the tensors of the network, under its names
   * @throws WeightsException if the number of parameters in the file is not the published one, or
   *     tensors do not match; the message names all of them
   * @throws dev.trifocal.error.FileException if the file cannot be read
   */
  public Weights read(ZooModel model, Path path) {
    Weights weights = names.translate(Safetensors.read(path));
    model
        .published()
        .parameters()
        .ifPresent(figure -> requireCount(model, path, weights, figure.value().longValueExact()));
    Map<String, Shape> shapes = model.graph().weightShapes();
    return weights.requireFit("%s: %s".formatted(model.name(), path), shapes).fitting(shapes);
  }

  /** Checks the number of parameters, which excludes running statistics. */
  private static void requireCount(ZooModel model, Path path, Weights weights, long published) {
    long found =
        weights.tensors().entrySet().stream()
            .filter(entry -> !entry.getKey().matches(".*[.]running_(mean|var)"))
            .mapToLong(entry -> entry.getValue().shape().elements())
            .sum();
    if (found != published) {
      throw new WeightsException(
          "%s: %s contains %,d parameters, but the published weights have %,d"
              .formatted(model.name(), path, found, published));
    }
  }
}
