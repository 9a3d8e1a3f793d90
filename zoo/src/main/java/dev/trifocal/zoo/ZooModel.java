package dev.trifocal.zoo;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.error.GraphException;
import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.hub.Hub;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network as its source gives it, and what of it may be chosen otherwise.
 *
 * @param name the word on the command line: lower case, digits, hyphens; underscores for points
 * @param input shape of one sample in the source, {@code [C, H, W]}
 * @param classes that the source tells apart; 0 if the network does not classify
 * @param choices what {@link #graph(Shape, ModelOptions)} lets one choose
 * @param features path of the node that makes the pooled features, if it classifies
 * @param classifier path of the layer that makes the classes' scores
 * @param weights that were published under the network's own names, if they were
 * @param hubWeights that can be had by name from a model hub, if there are any
 */
public record ZooModel(
    String name,
    Paper paper,
    Shape input,
    int classes,
    Network network,
    Set<Choice> choices,
    PublishedResults published,
    Preprocessing preprocessing,
    Optional<String> features,
    Optional<String> classifier,
    Optional<PublishedWeights> weights,
    Optional<HubWeights> hubWeights) {

  /** What may differ from the source without making it another network. */
  public enum Choice {
    /** Channels, height and width of the input. */
    INPUT,
    /** The number of classes. */
    CLASSES,
    /** What the number of channels is multiplied with. */
    WIDTH
  }

  public ZooModel {
    choices = Set.copyOf(choices);
  }

  /** A network of which input and classes may be chosen, and nothing else is known. */
  public static ZooModel of(String name, Paper paper, Shape input, int classes, Network network) {
    return new ZooModel(
        name,
        paper,
        input,
        classes,
        network,
        Set.of(Choice.INPUT, Choice.CLASSES),
        PublishedResults.NOTHING,
        Preprocessing.UNIT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public ZooModel choices(Set<Choice> others) {
    return with(others, published, preprocessing, features, classifier, weights, hubWeights);
  }

  public ZooModel published(PublishedResults other) {
    return with(choices, other, preprocessing, features, classifier, weights, hubWeights);
  }

  public ZooModel preprocessing(Preprocessing other) {
    return with(choices, published, other, features, classifier, weights, hubWeights);
  }

  /** Where the pooled features are made, and where the scores of the classes. */
  public ZooModel ends(String features, String classifier) {
    return with(
        choices,
        published,
        preprocessing,
        Optional.of(features),
        Optional.of(classifier),
        weights,
        hubWeights);
  }

  public ZooModel weights(PublishedWeights other) {
    return with(
        choices, published, preprocessing, features, classifier, Optional.of(other), hubWeights);
  }

  public ZooModel hubWeights(HubWeights other) {
    return with(
        choices, published, preprocessing, features, classifier, weights, Optional.of(other));
  }

  /** As {@link #pretrained(Hub)} with {@link Hub#standard}. */
  public Pretrained pretrained() {
    return pretrained(Hub.standard());
  }

  /**
   * The network with its published weights, how pictures are prepared for it and the names of its
   * classes. What is not in the hub's cache yet is downloaded.
   *
   * @throws ConfigurationException if nothing is published for this network
   * @throws FileException if a file cannot be had, with what to put where
   * @throws WeightsException if the file is not of this network
   */
  public Pretrained pretrained(Hub hub) {
    return Pretrained.of(this, hub);
  }

  /**
   * The weights of {@link #pretrained(Hub)} alone.
   *
   * @throws ConfigurationException if nothing is published for this network
   * @throws FileException if the file cannot be had, with what to put where
   * @throws WeightsException if the file is not of this network
   */
  public Weights pretrainedWeights(Hub hub) {
    return Pretrained.weights(this, hub);
  }

  /**
   * The names of the classes of {@link #pretrained(Hub)} alone, in the order of their numbers.
   *
   * @throws ConfigurationException if nothing is published for this network
   * @throws FileException if the file cannot be had, with what to put where
   */
  public List<String> pretrainedClasses(Hub hub) {
    return Pretrained.classes(this, hub);
  }

  /** The source's own classes and width. */
  public ModelOptions options() {
    return ModelOptions.of(classes);
  }

  /** The network as in its source. */
  public Graph graph() {
    return graph(input, options());
  }

  /** The network of the source's own width for other images or classes. */
  public Graph graph(Shape input, int classes) {
    return graph(input, ModelOptions.of(classes));
  }

  /**
   * The network for inference: without auxiliary heads.
   *
   * @param input shape of one sample, {@code [C, H, W]}
   * @throws GraphException if the network allows no such choice, or if a layer does not fit what
   *     reaches it; the message then names the layer by its path
   */
  public Graph graph(Shape input, ModelOptions options) {
    Graph whole = trainingGraph(input, options).graph();
    return whole.upTo(whole.output(Graph.OUTPUT).path());
  }

  /** The network with its auxiliary heads, for those that have any; else the same graph. */
  public TrainingGraph trainingGraph(Shape input, ModelOptions options) {
    OptionChecks.require(this, input, options);
    GraphBuilder builder = new GraphBuilder(name);
    NetworkOutputs heads = network.build(builder.input(Graph.INPUT, input), options);
    builder.output(Graph.OUTPUT, heads.output());
    heads.auxiliaries().forEach((output, head) -> builder.output(output, head.output()));
    return new TrainingGraph(builder.graph(), heads.weights());
  }

  private ZooModel with(
      Set<Choice> choices,
      PublishedResults published,
      Preprocessing preprocessing,
      Optional<String> features,
      Optional<String> classifier,
      Optional<PublishedWeights> weights,
      Optional<HubWeights> hubWeights) {
    return new ZooModel(
        name,
        paper,
        input,
        classes,
        network,
        choices,
        published,
        preprocessing,
        features,
        classifier,
        weights,
        hubWeights);
  }
}
