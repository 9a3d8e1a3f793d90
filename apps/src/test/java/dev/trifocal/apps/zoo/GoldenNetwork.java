package dev.trifocal.apps.zoo;

import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What PyTorch found for one of the zoo's networks, from a file that {@code zoo/golden} makes.
 *
 * @param name of the network; a second word tells cases of one network apart
 */
record GoldenNetwork(String name, Weights values) {
  /** The seed of the streams, and of dropout masks. */
  static final long SEED = 11;

  /**
   * @param file beside this class, without its ending
   */
  static List<GoldenNetwork> all(String file) {
    Weights values = read(file + ".safetensors");
    return values.tensors().keySet().stream()
        .map(key -> key.substring(0, key.indexOf('/')))
        .distinct()
        .map(name -> new GoldenNetwork(name, values))
        .toList();
  }

  ZooModel model() {
    return Zoo.find(network());
  }

  /** Of the whole batch, {@code [N, C, H, W]}. */
  Shape batch() {
    return new Shape(Arrays.stream(tensor("shape").toLongs()).mapToObj(Math::toIntExact).toList());
  }

  int classes() {
    return (int) tensor("classes").toLongs()[0];
  }

  /**
   * @param attempt of drawing values; a step's images are drawn until rounding decides nothing
   */
  NamedRandomWeights weights(long attempt) {
    return new NamedRandomWeights(
        RandomStream.of(SEED).at(network()).at(attempt), tensor("variance").floats().get(0));
  }

  private String network() {
    return name.split(" ")[0];
  }

  Tensor tensor(String key) {
    return values.tensor(name + "/" + key);
  }

  /** What begins with {@code prefix}, by the rest of its name. */
  Map<String, Tensor> below(String prefix) {
    String whole = name + "/" + prefix;
    Map<String, Tensor> result = new TreeMap<>();
    values.tensors().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(whole))
        .forEach(e -> result.put(e.getKey().substring(whole.length()), e.getValue()));
    return result;
  }

  private static Weights read(String resource) {
    try {
      return Safetensors.read(Path.of(GoldenNetwork.class.getResource(resource).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
