package dev.trifocal.zoo;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates published parameter names to those of a zoo network.
 *
 * @param layers the network's layer paths by published path; paths not listed are the same in both
 * @param flattened the published paths of dense layers that were published as convolutions, with
 *     kernels {@code [units, C, H, W]}
 */
public record ParameterNames(Map<String, String> layers, Set<String> flattened) {
  /** The translation for networks that use the published names. */
  public static final ParameterNames SAME = new ParameterNames(Map.of(), Set.of());

  /** PyTorch's counter of the batches that batch norm has seen; not needed here. */
  private static final String BATCHES = ".num_batches_tracked";

  public ParameterNames {
    layers = Map.copyOf(layers);
    flattened = Set.copyOf(flattened);
  }

  /** Returns the tensors under the network's names, without those it does not use. */
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

  /** Returns the network's name of a tensor; empty if it does not use the tensor. */
  Optional<String> name(String published) {
    String layer = layer(published);
    return published.endsWith(BATCHES)
        ? Optional.empty()
        : Optional.of(layers.getOrDefault(layer, layer) + published.substring(layer.length()));
  }

  /** Returns the network's shape of a tensor. */
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
