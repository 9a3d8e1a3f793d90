package dev.trifocal.zoo;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How published names become those of a network of the zoo.
 *
 * @param layers published path of a layer to the network's; a path that is not there stays
 * @param flattened published paths of dense layers that were published as convolutions, with
 *     kernels {@code [units, C, H, W]}
 */
public record ParameterNames(Map<String, String> layers, Set<String> flattened) {
  /** The network's names are the published ones. */
  public static final ParameterNames SAME = new ParameterNames(Map.of(), Set.of());

  /** Counts the batches that PyTorch's batch norm has seen; nobody needs it. */
  private static final String BATCHES = ".num_batches_tracked";

  public ParameterNames {
    layers = Map.copyOf(layers);
    flattened = Set.copyOf(flattened);
  }

  /** The same tensors under the network's names, without what it has no use for. */
  public Weights translate(Weights published) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    published
        .tensors()
        .forEach(
            (name, tensor) ->
                name(name)
                    .ifPresent(
                        own -> result.put(own, tensor.reshape(shape(name, tensor.shape())))));
    return new Weights(result);
  }

  /** The network's name; empty if it has no use for the tensor. */
  Optional<String> name(String published) {
    String layer = layer(published);
    return published.endsWith(BATCHES)
        ? Optional.empty()
        : Optional.of(layers.getOrDefault(layer, layer) + published.substring(layer.length()));
  }

  /** The shape that the network has it in. */
  Shape shape(String published, Shape shape) {
    if (!flattened.contains(layer(published)) || shape.rank() < 2) {
      return shape;
    }
    return Shape.of(shape.size(0), Math.toIntExact(shape.elements() / shape.size(0)));
  }

  private static String layer(String published) {
    return published.substring(0, Math.max(0, published.lastIndexOf('.')));
  }
}
