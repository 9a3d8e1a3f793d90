package dev.trifocal.graph;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerReplacement;
import dev.trifocal.layer.Size2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier that scores each position of an image, as in Long, Shelhamer and Darrell 2015. It
 * reads images of its own size and of any larger one.
 *
 * <p>Dense layers are convolutions: the first one has a kernel as large as the map that it reads,
 * the others 1x1; softmax is over the classes at each position. The scores of an image of the
 * classifier's own size are {@code [K, 1, 1]} and the classifier's; those of a larger one are
 * {@code [K, H, W]}, as if the head of the classifier were moved over the feature maps of the whole
 * image. Where no layer pads, they equal those of the classifier moved over the image; a padded
 * convolution reads the pixels beside a window, where the classifier reads zeros.
 *
 * <p>Global average pooling before the scores is left out: what follows it reads each position.
 * This makes class activation maps (Zhou et al. 2016), whose mean is the score of the classifier if
 * one dense layer or 1x1 convolution follows.
 */
public final class FullyConvolutional {
  /** How much larger the image is made to find the stride, so that rounding does not matter. */
  private static final int ENLARGED = 17;

  private final Graph graph;
  private final Map<String, DenseKernel> kernels;
  private final String own;

  private FullyConvolutional(Graph graph, Map<String, DenseKernel> kernels, String own) {
    this.graph = graph;
    this.kernels = kernels;
    this.own = own;
  }

  /**
   * Converts a classifier. Layers keep their paths and their frozen state.
   *
   * @param classifier graph with one image as input; a graph without dense layers and global
   *     pooling is unchanged
   * @throws GraphException if a layer of the head reads all positions at once; the message names
   *     it. Whether the layers before the head accept other sizes shows in {@link #graph(int, int)}
   */
  public static FullyConvolutional of(Graph classifier) {
    List<Node> inputs = classifier.inputs();
    if (inputs.size() != 1 || inputs.get(0).shape().rank() != MapValue.RANK) {
      throw new GraphException(
          "%s: only a network with one image [C, H, W] as input can become fully convolutional, but its inputs are %s"
              .formatted(classifier.name(), inputs.stream().map(Node::shape).toList()));
    }
    FullyConvolutionalRewriter rewriter = FullyConvolutionalRewriter.of(classifier);
    return new FullyConvolutional(rewriter.graph(), rewriter.kernels(), inputs.get(0).path());
  }

  /** Returns the network for images of the classifier's own size. */
  public Graph graph() {
    return graph;
  }

  /**
   * Returns the weights of the network.
   *
   * @param classifier weights of the classifier
   * @throws dev.trifocal.error.WeightsException if one is missing
   */
  public Weights weights(Weights classifier) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (String name : graph.weightShapes().keySet()) {
      Tensor weight = classifier.tensor(name);
      DenseKernel kernel = kernels.get(name);
      result.put(name, kernel == null ? weight : kernel.of(weight));
    }
    return new Weights(result);
  }

  /** Returns the height and width of the classifier's images, the smallest that are accepted. */
  public Size2d smallest() {
    return size(graph.node(own).shape());
  }

  /**
   * Returns the network for images of another size; the weights are the same.
   *
   * @param height rows of the image, at least those of {@link #smallest}
   * @param width columns of the image, at least those of {@link #smallest}
   * @throws GraphException if the image is too small, or a layer needs images of one size
   */
  public Graph graph(int height, int width) {
    Size2d smallest = smallest();
    if (height < smallest.height() || width < smallest.width()) {
      throw new GraphException(
          "%s reads images of %s and larger, but not %dx%d"
              .formatted(graph.name(), smallest, height, width));
    }
    int channels = graph.node(own).shape().size(0);
    LayerReplacement input =
        LayerReplacement.NONE.input(
            (layer, inputs) -> List.of(new Input(Shape.of(channels, height, width))));
    return graph.redrawn((node, inputs) -> node.layer().accept(input, inputs));
  }

  /**
   * Returns the distance between neighbouring positions of a map of scores, in pixels of the image.
   *
   * @param output name of the output
   * @throws GraphException if the output is no map of scores, or a layer needs images of one size
   */
  public Size2d stride(String output) {
    Size2d image = smallest();
    Size2d few = size(requireMap(output));
    Size2d many = size(enlarged(image).output(output).shape());
    return new Size2d(
        stride(output, image.height(), many.height() - few.height()),
        stride(output, image.width(), many.width() - few.width()));
  }

  /**
   * Returns the size of the window that each position of a map of scores stands for, in pixels of
   * the image: that of the classifier's image, or the stride for a class activation map.
   *
   * @param output name of the output
   * @throws GraphException if the output is no map of scores, or a layer needs images of one size
   */
  public Size2d window(String output) {
    Size2d image = smallest();
    Size2d positions = size(requireMap(output));
    Size2d stride = stride(output);
    return new Size2d(
        image.height() - (positions.height() - 1) * stride.height(),
        image.width() - (positions.width() - 1) * stride.width());
  }

  private Graph enlarged(Size2d image) {
    try {
      return graph(ENLARGED * image.height(), ENLARGED * image.width());
    } catch (GraphException e) {
      throw new GraphException(
          "%s cannot become fully convolutional: a layer of it needs images of one size: %s"
              .formatted(graph.name(), e.getMessage()),
          e);
    }
  }

  private int stride(String output, int image, int more) {
    if (more < 1) {
      throw new GraphException(
          "%s: output %s does not grow with the image".formatted(graph.name(), output));
    }
    return Math.max(1, Math.round((float) (ENLARGED - 1) * image / more));
  }

  private Shape requireMap(String output) {
    Shape shape = graph.output(output).shape();
    if (shape.rank() != MapValue.RANK) {
      throw new GraphException(
          "%s: output %s is %s, but a map of scores is [K, H, W]"
              .formatted(graph.name(), output, shape));
    }
    return shape;
  }

  private static Size2d size(Shape map) {
    return new Size2d(map.size(1), map.size(2));
  }
}
