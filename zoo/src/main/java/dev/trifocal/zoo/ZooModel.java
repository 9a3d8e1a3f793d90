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
 * A published network and the options it supports.
 *
 * @param name the name on the command line: lower case, digits, hyphens, and underscores for points
 * @param input the published shape of one sample, {@code [C, H, W]}
 * @param classes the published number of classes; 0 if the network is not a classifier
 * @param choices the options that {@link #graph(Shape, ModelOptions)} supports
 * @param features the path of the node whose output is the pooled features, for classifiers
 * @param classifier the path of the layer that computes the scores of the classes
 * @param weights the weights published under the network's own names, if any
 * @param hubWeights the weights that can be downloaded from a model hub, if any
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

  /** The options that a model may support. */
  public enum Choice {
    /** The channels, height and width of the input. */
    INPUT,
    /** The number of classes. */
    CLASSES,
    /** The width multiplier of the number of channels. */
    WIDTH
  }

  public ZooModel {
    choices = Set.copyOf(choices);
  }

  /**
   * Returns a model that supports other inputs and classes, without published figures or weights.
   */
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

  /** Returns the model with the paths of the pooled features and of the scores of the classes. */
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

  /** Like {@link #pretrained(Hub)}, with {@link Hub#standard}. */
  public Pretrained pretrained() {
    return pretrained(Hub.standard());
  }

  /**
   * Returns the network with its published weights, preprocessing and class names. Files that are
   * not cached are downloaded.
   *
   * @throws ConfigurationException if the network has no published weights
   * @throws FileException if a file cannot be downloaded, with instructions for manual download
   * @throws WeightsException if the weights do not match the network
   */
  public Pretrained pretrained(Hub hub) {
    return Pretrained.of(this, hub);
  }

  /**
   * Returns only the weights of {@link #pretrained(Hub)}.
   *
   * @throws ConfigurationException if the network has no published weights
   * @throws FileException if the file cannot be downloaded, with instructions for manual download
   * @throws WeightsException if the weights do not match the network
   */
  public Weights pretrainedWeights(Hub hub) {
    return Pretrained.weights(this, hub);
  }

  /**
   * Returns only the class names of {@link #pretrained(Hub)}, in the order of the class ids.
   *
   * @throws ConfigurationException if the network has no published weights
   * @throws FileException if the file cannot be downloaded, with instructions for manual download
   */
  public List<String> pretrainedClasses(Hub hub) {
    return Pretrained.classes(this, hub);
  }

  /** Returns the published number of classes and width. */
  public ModelOptions options() {
    return ModelOptions.of(classes);
  }

  /** Builds the network as published. */
  public Graph graph() {
    return graph(input, options());
  }

  /** Builds the network with the published width for other images or classes. */
  public Graph graph(Shape input, int classes) {
    return graph(input, ModelOptions.of(classes));
  }

  /**
   * Builds the network for inference, without auxiliary heads.
   *
   * @param input the shape of one sample, {@code [C, H, W]}
   * @throws GraphException if the network does not support an option, or a layer is incompatible
   *     with its input; the message then names the layer by its path
   */
  public Graph graph(Shape input, ModelOptions options) {
    Graph whole = trainingGraph(input, options).graph();
    return whole.upTo(whole.output(Graph.OUTPUT).path());
  }

  /** Builds the network for training, with its auxiliary heads, if any. */
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
