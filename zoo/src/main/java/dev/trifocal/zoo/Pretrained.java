package dev.trifocal.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.hub.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A zoo network with its published weights.
 *
 * @param graph the graph with the published input shape and classes; for others, load the matching
 *     weights into {@link ZooModel#graph(dev.trifocal.shape.Shape, int)}
 * @param weights all weights of the graph
 * @param preprocessing the image preprocessing
 * @param classes the class names, in the order of the class ids
 */
public record Pretrained(
    Graph graph, Weights weights, Preprocessing preprocessing, List<String> classes) {
  public Pretrained {
    classes = List.copyOf(classes);
  }

  /**
   * Loads the network, downloading files that are not cached.
   *
   * @throws ConfigurationException if the model has no published weights
   * @throws FileException if a file cannot be downloaded, with instructions for manual download
   * @throws dev.trifocal.error.WeightsException if the weights do not match the model
   */
  static Pretrained of(ZooModel model, Hub hub) {
    Weights weights = weights(model, hub);
    return new Pretrained(model.graph(), weights, model.preprocessing(), classes(model, hub));
  }

  /** Returns only the weights of {@link ZooModel#pretrained(Hub)}. */
  static Weights weights(ZooModel model, Hub hub) {
    HubWeights published = published(model);
    Path file = hub.file(published.file(), List.of(published.classNames()));
    return published.read(model, file);
  }

  /** Returns only the class names. */
  static List<String> classes(ZooModel model, Hub hub) {
    return names(hub.file(published(model).classNames()), model.classes());
  }

  private static HubWeights published(ZooModel model) {
    return model
        .hubWeights()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s has no published weights on the hub; models with published weights are %s"
                        .formatted(model.name(), String.join(", ", Zoo.published()))));
  }

  private static List<String> names(Path file, int classes) {
    Map<String, String> names;
    try {
      names = new JsonMapper().readValue(Files.readString(file), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new FileException(
          "%s: is not a JSON object of class names: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    List<String> numbers = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    if (names.size() != classes || !names.keySet().containsAll(numbers)) {
      throw new FileException(
          "%s: contains %,d class names, but the network has classes 0 to %,d"
              .formatted(file, names.size(), classes - 1));
    }
    return numbers.stream().map(names::get).toList();
  }
}
