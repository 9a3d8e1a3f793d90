package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Transpose;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Initializer;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FullyConvolutionalTest {
  private static final Graph CLASSIFIER =
      Graph.build(
              "net",
              Shape.of(1, 12, 16),
              x ->
                  x.then("conv", Layer.conv(3, 3).padding(1))
                      .then("pool", Layer.maxPool(4))
                      .then("flatten", Layer.flatten())
                      .then("drop", Layer.dropout(0.5))
                      .then("fc1", Layer.dense(5))
                      .then("bn", Layer.batchNorm())
                      .then("relu", Layer.relu())
                      .then("fc2", Layer.dense(2).withoutBias())
                      .then("softmax", new Softmax(0)))
          .freeze("fc1");

  @Test
  void denseLayersBecomeConvolutionsOfTheSameNames() {
    Graph graph = CLASSIFIER.fullyConvolutional().graph();
    assertThat(graph.node("fc1").layer().kind()).isEqualTo("Conv2d");
    assertThat(graph.weightShapes())
        .containsEntry("fc1.weight", Shape.of(5, 3, 3, 4))
        .containsEntry("fc1.bias", Shape.of(5))
        .containsEntry("bn.running_mean", Shape.of(5))
        .containsEntry("fc2.weight", Shape.of(2, 5, 1, 1))
        .doesNotContainKey("fc2.bias");
    assertThat(graph.weightShapes().keySet()).isEqualTo(CLASSIFIER.weightShapes().keySet());
    assertThat(graph.has("flatten")).isFalse();
    assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2, 1, 1));
  }

  @Test
  void layersStayFrozen() {
    Graph graph = CLASSIFIER.fullyConvolutional().graph();
    assertThat(graph.nodes().stream().filter(Node::frozen).map(Node::path)).containsExactly("fc1");
  }

  @Test
  void largerImagesHaveMorePositions() {
    FullyConvolutional network = CLASSIFIER.fullyConvolutional();
    assertThat(network.graph(12 + 4, 16 + 11).output(Graph.OUTPUT).shape())
        .isEqualTo(Shape.of(2, 2, 3));
    assertThat(network.stride(Graph.OUTPUT)).isEqualTo(new Size2d(4, 4));
    assertThat(network.window(Graph.OUTPUT)).isEqualTo(new Size2d(12, 16));
    assertThatThrownBy(() -> network.graph(16, 15))
        .isInstanceOf(GraphException.class)
        .hasMessage("net reads images of 12x16 and larger, but not 16x15");
  }

  @Test
  void kernelsHoldTheWeightsInTheOrderOfTheFeatures() {
    Shape image = Shape.of(2, 2, 3);
    Tensor weight = Tensor.floats(Shape.of(2, 12), b -> range(24).forEach(i -> b.put(i)));
    Graph first = head(image, x -> x.then(Layer.flatten()).then("fc", Layer.dense(2)));
    assertThat(kernel(first, weight).toFloats()).isEqualTo(weight.toFloats());
    Graph last =
        head(
            image,
            x ->
                x.then(new Transpose(List.of(1, 2, 0)))
                    .then(Layer.reshape(12))
                    .then("fc", Layer.dense(2)));
    Tensor kernel = kernel(last, weight);
    assertThat(kernel.shape()).isEqualTo(Shape.of(2, 2, 2, 3));
    for (int unit = 0; unit < 2; unit++) {
      for (int channel = 0; channel < 2; channel++) {
        for (int row = 0; row < 2; row++) {
          for (int column = 0; column < 3; column++) {
            assertThat(kernel.get(unit, channel, row, column))
                .isEqualTo(weight.get(unit, (row * 3 + column) * 2 + channel));
          }
        }
      }
    }
  }

  @Test
  void globalAveragePoolsBeforeTheScoresAreLeftOut() {
    Graph pooled =
        features(
            x ->
                x.then("gap", Layer.globalAvgPool())
                    .then(Layer.flatten())
                    .then("fc", Layer.dense(2)));
    FullyConvolutional network = pooled.fullyConvolutional();
    assertThat(network.graph().has("gap")).isFalse();
    assertThat(network.graph().output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2, 4, 4));
    assertThat(network.stride(Graph.OUTPUT)).isEqualTo(Size2d.square(2));
    assertThat(network.window(Graph.OUTPUT)).isEqualTo(Size2d.square(2));
  }

  @Test
  void meansOverThePositionsAreLeftOutInAnyLayout() {
    UnaryOperator<Value> mean = x -> x.mean(1, 2).then(Layer.reshape(4));
    UnaryOperator<Value> meanOfRow = x -> x.then(Layer.reshape(4, 16)).mean(1);
    UnaryOperator<Value> channelsLast = x -> x.then(new Transpose(List.of(1, 2, 0))).mean(0, 1);
    UnaryOperator<Value> oneByOne = x -> x.mean(2).then(Layer.reshape(4, 4)).mean(1);
    for (UnaryOperator<Value> pool : List.of(mean, meanOfRow, channelsLast, oneByOne)) {
      Graph pooled = features(x -> pool.apply(x).then(Layer.flatten()).then(Layer.dense(2)));
      assertThat(pooled.fullyConvolutional().graph().output(Graph.OUTPUT).shape())
          .isEqualTo(Shape.of(2, 4, 4));
    }
  }

  @Test
  void gatesOfFeaturesStay() {
    Graph gated =
        features(
            x -> {
              Value gate =
                  x.then("squeeze", Layer.globalAvgPool())
                      .then(Layer.flatten())
                      .then("excite", Layer.dense(4))
                      .then(Layer.sigmoid())
                      .then(Layer.reshape(4, 1, 1));
              return x.times(gate).then(Layer.flatten()).then("fc", Layer.dense(2));
            });
    FullyConvolutional network = gated.fullyConvolutional();
    assertThat(network.graph().has("squeeze")).isTrue();
    assertThat(network.graph().weightShapes()).containsEntry("excite.weight", Shape.of(4, 4));
    assertThat(network.graph().weightShapes()).containsEntry("fc.weight", Shape.of(2, 4, 4, 4));
    assertThat(network.graph(12, 16).output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2, 3, 5));
  }

  @Test
  void vectorsOfTheHeadAreJoinedAtEachPosition() {
    Graph joined =
        features(
            x -> {
              Value flat = x.then(Layer.flatten());
              Value a = flat.then("a", Layer.dense(3));
              Value b = flat.then("b", Layer.dense(3));
              Value both = a.plus(b).concat(a.times(b));
              Value shares = both.exp();
              Value sum = shares.sum(0);
              return shares
                  .dividedBy(sum)
                  .then("part", Layer.slice(0, 1, 5))
                  .then(Layer.reshape(1, 4))
                  .then("softmax", new Softmax(1));
            });
    Graph graph = joined.fullyConvolutional().graph(12, 12);
    assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(4, 3, 3));
    assertThat(graph.node("softmax").layer()).isEqualTo(new Softmax(0));
  }

  @Test
  void constantsOfTheHeadApplyToAllPositions() {
    GraphBuilder builder = new GraphBuilder("net");
    Value bias = builder.learned("bias", Shape.of(2), new Initializer.Constant(0));
    Value scores =
        builder.input("image", Shape.of(1, 4, 4)).then(Layer.flatten()).then(Layer.dense(2));
    Graph graph = builder.output("scores", scores.plus("sum", bias)).graph();
    assertThat(graph.fullyConvolutional().graph(5, 6).output("scores").shape())
        .isEqualTo(Shape.of(2, 2, 3));
  }

  @Test
  void networksWithoutAHeadStay() {
    Graph features = features(x -> x);
    assertThat(features.fullyConvolutional().graph()).isEqualTo(features);
  }

  @Test
  void layersThatReadAllPositionsAtOnceAreRefused() {
    assertRefused(features(x -> x.then("max", Layer.globalMaxPool())), "max (GlobalMaxPool)");
    assertRefused(
        features(x -> x.then(new Reduce(Reduce.Reduction.MAX, List.of(1, 2)))), "(Reduce)");
    assertRefused(features(x -> x.then(Layer.reshape(64)).mean(0)), "(Reduce)");
    assertRefused(
        features(x -> x.then(Layer.flatten()).then("bn", Layer.batchNorm())), "bn (BatchNorm)");
    assertRefused(
        features(x -> x.then(Layer.flatten()).then("softmax", new Softmax(0))),
        "softmax (Softmax) does with [[64]]");
    assertRefused(
        features(x -> x.then(Layer.reshape(16, 4)).then("turn", new Transpose(List.of(1, 0)))),
        "turn (Transpose)");
    assertRefused(
        features(
            x -> {
              Value rows = x.then(Layer.reshape(8, 8));
              return rows.matmul(rows);
            }),
        "(MatMul)");
  }

  /** At the classifier's own size these read one position; on a map they would read others, too. */
  @Test
  void layersThatWouldReadNeighbouringPositionsAreRefused() {
    for (Layer layer :
        List.of(
            Layer.conv(4, 3).padding(1),
            Layer.conv(4, 1).stride(2),
            Layer.maxPool(3).stride(1).padding(1),
            Layer.avgPool(1).stride(2),
            new GroupNorm(2, 1e-5),
            Layer.slice(1, 0, 1),
            new Softmax(1))) {
      assertRefused(
          features(x -> x.then("gap", Layer.globalAvgPool()).then("next", layer)), "next");
      assertRefused(features(x -> x.then("valid", Layer.conv(4, 4)).then("next", layer)), "next");
    }
    Graph pointwise = features(x -> x.then(Layer.globalAvgPool()).then(Layer.conv(2, 1)));
    assertThat(pointwise.fullyConvolutional().graph().output(Graph.OUTPUT).shape())
        .isEqualTo(Shape.of(2, 4, 4));
  }

  @Test
  void vectorsAlongDifferentAxesAreRefused() {
    UnaryOperator<Value> scores = x -> x.then(Layer.flatten()).then("fc", Layer.dense(5));
    assertRefused(
        features(
            x -> {
              Value v = scores.apply(x);
              return v.then(Layer.reshape(5, 1)).times("outer", v.then(Layer.reshape(1, 5)));
            }),
        "outer");
    assertRefused(
        features(
            x -> {
              Value v = scores.apply(x);
              Value column = v.then(Layer.reshape(5, 1));
              return column.with("stack", new Concat(1), column);
            }),
        "stack");
    assertRefused(
        features(
            x -> {
              Value v = scores.apply(x).then(Layer.reshape(5, 1, 1));
              return v.with("rows", new Concat(1), v);
            }),
        "rows");
  }

  @Test
  void scoresOfOneUnitEachBecomeTheChannelsOfOneMap() {
    Graph stacked =
        features(
            x -> {
              Value flat = x.then(Layer.flatten());
              Value a = flat.then("a", Layer.dense(1)).then(Layer.reshape(1, 1));
              Value b = flat.then("b", Layer.dense(1)).then(Layer.reshape(1, 1));
              return a.with("stack", new Concat(1), b);
            });
    assertThat(stacked.fullyConvolutional().graph(8, 12).output(Graph.OUTPUT).shape())
        .isEqualTo(Shape.of(2, 1, 3));
  }

  @Test
  void onlyNetworksWithOneImageAreConverted() {
    Graph vector = Graph.build("mlp", Shape.of(4), x -> x.then(Layer.dense(2)));
    assertThatThrownBy(vector::fullyConvolutional)
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("mlp: only a network with one image [C, H, W] as input")
        .hasMessageContaining("[[4]]");
  }

  @Test
  void outputsThatAreNoMapsHaveNoStride() {
    Graph features = features(x -> x.then(Layer.flatten()));
    FullyConvolutional network = features.withHead("pool", x -> x).fullyConvolutional();
    assertThat(network.stride(Graph.OUTPUT)).isEqualTo(Size2d.square(2));
    assertThatThrownBy(() -> network.stride("scores"))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("no output 'scores'");
  }

  private static Graph head(Shape image, UnaryOperator<Value> network) {
    return Graph.build("head", image, network);
  }

  /** A convolution and a pool, which make [4, 4, 4] of [1, 8, 8], before a head. */
  private static Graph features(UnaryOperator<Value> head) {
    return Graph.build(
        "net",
        Shape.of(1, 8, 8),
        x ->
            head.apply(x.then("conv", Layer.conv(4, 3).padding(1)).then("pool", Layer.maxPool(2))));
  }

  private static Tensor kernel(Graph graph, Tensor weight) {
    Weights weights =
        new Weights(Map.of("fc.weight", weight, "fc.bias", Tensor.of(Shape.of(2), 0f, 0f)));
    return graph.fullyConvolutional().weights(weights).tensor("fc.weight");
  }

  private static IntStream range(int end) {
    return IntStream.range(0, end);
  }

  private static void assertRefused(Graph graph, String layer) {
    assertThatThrownBy(graph::fullyConvolutional)
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("net cannot become fully convolutional: ")
        .hasMessageContaining(layer);
  }
}
