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
 * A network of the zoo with the weights that were published for it.
 *
 * @param graph as in its source, for the source's input and classes; for others, the weights go
 *     into {@link ZooModel#graph(dev.trifocal.shape.Shape, int)} as far as they fit
 * @param weights all that the graph needs
 * @param preprocessing what pictures go through
 * @param classes names in the order of the class numbers
 */
public record Pretrained(
    Graph graph, Weights weights, Preprocessing preprocessing, List<String> classes) {
  public Pretrained {
    classes = List.copyOf(classes);
  }

  /**
   * Fetches what is not in the hub's cache yet.
   *
   * @throws ConfigurationException if nothing is published for the model
   * @throws FileException if a file cannot be had; the message says what to put where
   * @throws dev.trifocal.error.WeightsException if the weights are not those of the model
   */
  static Pretrained of(ZooModel model, Hub hub) {
    Weights weights = weights(model, hub);
    return new Pretrained(model.graph(), weights, model.preprocessing(), classes(model, hub));
  }

  /** The weights alone, as {@link ZooModel#pretrained(Hub)} has them. */
  static Weights weights(ZooModel model, Hub hub) {
    HubWeights published = published(model);
    Path file = hub.file(published.file(), List.of(published.classNames()));
    return published.read(model, file);
  }

  /** The names of the classes alone. */
  static List<String> classes(ZooModel model, Hub hub) {
    return names(hub.file(published(model).classNames()), model.classes());
  }

  private static HubWeights published(ZooModel model) {
    return model
        .hubWeights()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s has no weights on the hub that Trifocal knows; %s have some"
                        .formatted(model.name(), String.join(", ", Zoo.published()))));
  }

  private static List<String> names(Path file, int classes) {
    Map<String, String> names;
    try {
      names = new JsonMapper().readValue(Files.readString(file), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new FileException(
          "%s: names no classes: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    List<String> numbers = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    if (names.size() != classes || !names.keySet().containsAll(numbers)) {
      throw new FileException(
          "%s: names %,d classes, but the network has those from 0 to %,d"
              .formatted(file, names.size(), classes - 1));
    }
    return numbers.stream().map(names::get).toList();
  }
}
