package dev.trifocal.zoo;

import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A network as its source gives it, and what of it may be chosen otherwise.
 *
 * @param name the word on the command line: lower case, digits and hyphens
 * @param paper title of the paper, or of the book, that describes the network
 * @param link where the source is found
 * @param year in which the source appeared
 * @param input shape of one sample in the source, {@code [C, H, W]}
 * @param classes units of the last layer in the source; 0 if the network does not classify
 * @param choices what {@link #graph(Shape, int)} lets one choose
 * @param parameters learned parameters with the source's input and classes, where the literature
 *     counts them
 */
public record ZooModel(
    String name,
    String paper,
    String link,
    int year,
    Shape input,
    int classes,
    Set<Choice> choices,
    OptionalLong parameters,
    Network network) {

  /** What may differ from the source without making it another network. */
  public enum Choice {
    /** Channels, height and width of the input. */
    INPUT,
    /** The number of classes. */
    CLASSES
  }

  /** The layers between input and output. */
  @FunctionalInterface
  public interface Network {
    /**
     * @param classes units of the last layer, for networks that classify
     */
    Value draw(Value image, int classes);
  }

  public ZooModel {
    choices = Set.copyOf(choices);
  }

  /** The network with the source's own input and classes. */
  public Graph graph() {
    return graph(input, classes);
  }

  /**
   * The network for other images or classes.
   *
   * @param input shape of one sample, {@code [C, H, W]}
   * @param classes units of the last layer
   * @throws GraphException if the network allows no such choice, or if a layer does not fit what
   *     reaches it; the message then names the layer by its path
   */
  public Graph graph(Shape input, int classes) {
    if (!input.equals(this.input) && !choices.contains(Choice.INPUT)) {
      throw new GraphException(
          "%s: the input must be %s, but is %s".formatted(name, this.input, input));
    }
    if (classes != this.classes && !choices.contains(Choice.CLASSES)) {
      throw new GraphException(
          this.classes == 0
              ? "%s: does not classify, so it cannot have %d classes; choose another model"
                  .formatted(name, classes)
              : "%s: has %d classes and cannot have %d; choose another model"
                  .formatted(name, this.classes, classes));
    }
    return Graph.draw(name, input, image -> network.draw(image, classes));
  }
}
