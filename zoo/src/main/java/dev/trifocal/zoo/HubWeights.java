package dev.trifocal.zoo;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.hub.HubFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trained weights of a network on a model hub: the same layers, padding and epsilon, so that they
 * give the published scores.
 *
 * @param file in safetensors
 * @param names from the file's to the network's
 * @param classNames a JSON object from class number to name
 * @param licence under which they are offered, as SPDX has it
 * @param interpolation with which their publisher scales pictures; Trifocal's is always bilinear
 */
public record HubWeights(
    HubFile file, ParameterNames names, HubFile classNames, String licence, String interpolation) {
  /**
   * Reads a file of these weights.
   *
   * @param model that they are of
   * @return the network's names to its tensors, none missing and none too many
   * @throws WeightsException if the file holds another number of parameters than were published, or
   *     tensors that do not fit; all are named
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

  /** Running statistics are not learned, and nobody counts them. */
  private static void requireCount(ZooModel model, Path path, Weights weights, long published) {
    long found =
        weights.tensors().entrySet().stream()
            .filter(entry -> !entry.getKey().matches(".*[.]running_(mean|var)"))
            .mapToLong(entry -> entry.getValue().shape().elements())
            .sum();
    if (found != published) {
      throw new WeightsException(
          "%s: %s holds %,d parameters, but %,d were published"
              .formatted(model.name(), path, found, published));
    }
  }
}
