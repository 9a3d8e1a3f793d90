package dev.trifocal.apps.advice;

import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerReplacement;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Parameter;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A network with changes that save memory. The last layer with parameters, the classifier, keeps
 * its units. All methods throw {@link GraphException} if the change is not possible.
 */
record SmallerNetworks(Graph graph) {
  private static final int IMAGE = 3;
  private static final int SMALL_KERNEL = 3;

  /** Kernels above this size would need more than three small ones. */
  private static final int LARGE_KERNEL = 7;

  /**
   * A changed network.
   *
   * @param change what was changed
   */
  record Redrawn(Graph graph, String change) {}

  /** Doubles the stride of the first convolution. */
  Redrawn largerStride() {
    LayerReplacement doubled =
        LayerReplacement.NONE.conv(
            (layer, inputs) -> {
              Size2d stride = layer.window().stride();
              return List.of(layer.stride(2 * stride.height(), 2 * stride.width()));
            });
    Node first = first(doubled, "no convolution");
    return new Redrawn(replacedAt(first, doubled), "twice the stride in " + first.path());
  }

  /** Replaces kernels of 5x5 and 7x7 with stacks of 3x3 that see as much, with ReLU in between. */
  Redrawn stackedKernels() {
    List<String> replaced = new ArrayList<>();
    Graph result =
        graph.redrawn(
            (node, inputs) -> {
              List<Layer> layers = node.layer().accept(stacks(), inputs);
              if (layers.size() > 1) {
                replaced.add(node.path());
              }
              return layers;
            });
    if (replaced.isEmpty()) {
      throw new GraphException("no kernels of 5x5 or 7x7");
    }
    String more = replaced.size() > 1 ? " and %d more".formatted(replaced.size() - 1) : "";
    return new Redrawn(result, "3x3 for %s%s".formatted(replaced.get(0), more));
  }

  /** Adds 2x2 max pooling behind the first activation function on images. */
  Redrawn morePooling() {
    LayerReplacement pooled =
        LayerReplacement.NONE.activation(
            (layer, inputs) ->
                inputs.get(0).rank() == IMAGE ? List.of(layer, Layer.maxPool(2)) : List.of(layer));
    Node first = first(pooled, "no activation function on images");
    return new Redrawn(replacedAt(first, pooled), "2x2 max pooling after " + first.path());
  }

  /** Halves the channels of all convolutions and the units of all dense layers but the last. */
  Redrawn halvedWidth() {
    String last = lastLearned().path();
    Graph result =
        graph.redrawn(
            (node, inputs) ->
                node.path().equals(last)
                    ? List.of(node.layer())
                    : node.layer().accept(halves(node.inputShapes()), inputs));
    return new Redrawn(result, "half of all channels and units");
  }

  /** Halves height and width of the images. */
  Redrawn halvedImages() {
    Shape image = graph.inputs().get(0).shape();
    if (image.rank() != IMAGE) {
      throw new GraphException("no images as input");
    }
    Shape small = Shape.of(image.size(0), half(image.size(1)), half(image.size(2)));
    LayerReplacement smaller =
        LayerReplacement.NONE.input((layer, inputs) -> List.of(new Input(small)));
    Graph result = graph.redrawn((node, inputs) -> node.layer().accept(smaller, inputs));
    return new Redrawn(
        result,
        "%dx%d for %dx%d".formatted(small.size(1), small.size(2), image.size(1), image.size(2)));
  }

  /** Freezes all layers but the last one with parameters. */
  Redrawn frozenBase() {
    String last = lastLearned().path();
    return new Redrawn(
        graph.freezeOnly(node -> !node.path().equals(last)), "only %s is trained".formatted(last));
  }

  private static LayerReplacement stacks() {
    return LayerReplacement.NONE.conv(
        (layer, inputs) -> {
          Window window = layer.window();
          Size2d kernel = window.kernel();
          boolean replaceable =
              kernel.height() == kernel.width()
                  && kernel.height() > SMALL_KERNEL
                  && kernel.height() <= LARGE_KERNEL
                  && kernel.height() % 2 == 1
                  && window.dilation().equals(Size2d.square(1));
          return replaceable ? stack(layer, inputs.get(0).size(0)) : List.of(layer);
        });
  }

  /**
   * Returns convolutions of 3x3. The last one has the stride, as the layer's output would otherwise
   * have another size where it is not padded.
   */
  private static List<Layer> stack(Conv2d layer, int channels) {
    int count = (layer.window().kernel().height() - 1) / 2;
    Padding padding = layer.window().padding();
    boolean depthwise = layer.groups() == channels && channels > 1;
    List<Layer> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      Window small =
          Window.square(SMALL_KERNEL)
              .padding(
                  new Padding(
                      part(padding.top(), i, count),
                      part(padding.left(), i, count),
                      part(padding.bottom(), i, count),
                      part(padding.right(), i, count)));
      // Like the layer itself, each keeps the number of groups; depthwise ones widen at the end.
      int filters = depthwise && !last ? channels : layer.filters();
      Conv2d one =
          new Conv2d(
              filters,
              last ? small.stride(layer.window().stride()) : small,
              layer.groups(),
              layer.bias(),
              layer.weightInitializer(),
              layer.biasInitializer());
      result.add(one);
      if (!last) {
        result.add(Layer.relu());
      }
    }
    return result;
  }

  /** Returns the padding of one of several layers that have this much together. */
  private static int part(int padding, int index, int count) {
    return padding / count + (index < padding % count ? 1 : 0);
  }

  /**
   * @param before shapes of the inputs in the original network
   */
  private static LayerReplacement halves(List<Shape> before) {
    return LayerReplacement.NONE
        .conv(
            (layer, inputs) -> {
              int channels = inputs.get(0).size(0);
              boolean depthwise = layer.groups() > 1 && layer.groups() == before.get(0).size(0);
              int filters =
                  depthwise ? channels * (layer.filters() / layer.groups()) : half(layer.filters());
              int groups = depthwise ? channels : layer.groups();
              return List.of(
                  new Conv2d(
                      filters,
                      layer.window(),
                      groups,
                      layer.bias(),
                      layer.weightInitializer(),
                      layer.biasInitializer()));
            })
        .transposed(
            (layer, inputs) ->
                List.of(
                    new ConvTranspose2d(
                        half(layer.filters()),
                        layer.window(),
                        layer.outputPadding(),
                        layer.groups(),
                        layer.bias(),
                        layer.weightInitializer(),
                        layer.biasInitializer())))
        .dense(
            (layer, inputs) ->
                List.of(
                    new Dense(
                        half(layer.units()),
                        layer.bias(),
                        layer.weightInitializer(),
                        layer.biasInitializer())));
  }

  private Node first(LayerReplacement replacement, String otherwise) {
    return graph.nodes().stream()
        .filter(
            node ->
                !node.layer().accept(replacement, node.inputShapes()).equals(List.of(node.layer())))
        .findFirst()
        .orElseThrow(() -> new GraphException(otherwise));
  }

  private Graph replacedAt(Node place, LayerReplacement replacement) {
    return graph.redrawn(
        (node, inputs) ->
            node.path().equals(place.path())
                ? node.layer().accept(replacement, inputs)
                : List.of(node.layer()));
  }

  private Node lastLearned() {
    return graph.nodes().stream()
        .filter(
            node -> node.parameters().stream().anyMatch(p -> p.role() == Parameter.Role.LEARNED))
        .reduce((one, other) -> other)
        .orElseThrow(() -> new GraphException("no layer with parameters"));
  }

  private static int half(int size) {
    return (size + 1) / 2;
  }
}
