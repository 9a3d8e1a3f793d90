package dev.trifocal.apps.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SmallerNetworksTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);

  private static final Graph NETWORK =
      Graph.build(
          "net",
          IMAGE,
          x ->
              x.then("conv1", Layer.conv(8, 5).padding(2))
                  .then("bn1", Layer.batchNorm())
                  .then("relu1", Layer.relu())
                  .then("pool1", Layer.maxPool(2))
                  .then("conv2", Layer.conv(16, 7))
                  .then("relu2", Layer.relu())
                  .then("flatten", Layer.flatten())
                  .then("fc1", Layer.dense(20))
                  .then("relu3", Layer.relu())
                  .then("fc2", Layer.dense(10)));

  private final SmallerNetworks networks = new SmallerNetworks(NETWORK);

  @Test
  void aLargerStrideQuartersTheMapsBehindTheFirstConvolution() {
    SmallerNetworks.Redrawn redrawn = networks.largerStride();
    assertThat(redrawn.change()).isEqualTo("twice the stride in conv1");
    assertThat(redrawn.graph().node("conv1").shape()).isEqualTo(Shape.of(8, 16, 16));
    assertThat(redrawn.graph().node("conv2").layer()).isEqualTo(NETWORK.node("conv2").layer());
    assertThat(redrawn.graph().output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(10));
  }

  @Test
  void largeKernelsBecomeTwoOrThreeSmallOnes() {
    SmallerNetworks.Redrawn redrawn = networks.stackedKernels();
    assertThat(redrawn.change()).isEqualTo("3x3 for conv1 and 1 more");
    assertThat(redrawn.graph().nodes())
        .extracting(Node::path)
        .startsWith(
            "input",
            "conv1_part1",
            "conv1_part2",
            "conv1",
            "bn1",
            "relu1",
            "pool1",
            "conv2_part1",
            "conv2_part2",
            "conv2_part3",
            "conv2_part4",
            "conv2",
            "relu2");
    for (String path : List.of("conv1", "conv2", "fc2")) {
      assertThat(redrawn.graph().node(path).shape()).isEqualTo(NETWORK.node(path).shape());
    }
    assertThat(redrawn.graph().weightShapes().get("conv2.weight"))
        .isEqualTo(Shape.of(16, 16, 3, 3));
  }

  @Property(tries = 300)
  void stacksHaveTheOutputSizeOfTheKernelTheyReplace(
      @ForAll @IntRange(min = 2, max = 3) int count,
      @ForAll @IntRange(max = 3) int padding,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 16, max = 40) int size) {
    Graph large =
        Graph.build(
            "large",
            Shape.of(2, size, size + 1),
            x -> x.then("conv", Layer.conv(4, 2 * count + 1).padding(padding).stride(stride)));
    Graph stacked = new SmallerNetworks(large).stackedKernels().graph();
    assertThat(stacked.nodes()).hasSize(1 + 2 * count - 1);
    assertThat(stacked.node("conv").shape()).isEqualTo(large.node("conv").shape());
  }

  @Test
  void depthwiseKernelsStayDepthwise() {
    Graph depthwise =
        Graph.build(
            "depthwise",
            Shape.of(6, 16, 16),
            x -> x.then("conv", Layer.conv(12, 5).groups(6).padding(2)));
    Graph stacked = new SmallerNetworks(depthwise).stackedKernels().graph();
    assertThat(stacked.weightShapes())
        .containsEntry("conv_part1.weight", Shape.of(6, 1, 3, 3))
        .containsEntry("conv.weight", Shape.of(12, 1, 3, 3));
    Graph narrow = new SmallerNetworks(withHead(depthwise)).halvedWidth().graph();
    assertThat(narrow.weightShapes()).containsEntry("conv.weight", Shape.of(12, 1, 5, 5));
  }

  @Test
  void morePoolingFollowsTheFirstActivationFunction() {
    SmallerNetworks.Redrawn redrawn = networks.morePooling();
    assertThat(redrawn.change()).isEqualTo("2x2 max pooling after relu1");
    assertThat(redrawn.graph().node("relu1_part1").shape()).isEqualTo(Shape.of(8, 32, 32));
    assertThat(redrawn.graph().node("relu1").shape()).isEqualTo(Shape.of(8, 16, 16));
    assertThat(redrawn.graph().node("pool1").shape()).isEqualTo(Shape.of(8, 8, 8));
  }

  @Test
  void halfTheWidthLeavesTheClassesAlone() {
    Graph narrow = networks.halvedWidth().graph();
    assertThat(narrow.weightShapes())
        .containsEntry("conv1.weight", Shape.of(4, 3, 5, 5))
        .containsEntry("bn1.weight", Shape.of(4))
        .containsEntry("conv2.weight", Shape.of(8, 4, 7, 7))
        .containsEntry("fc1.weight", Shape.of(10, 800))
        .containsEntry("fc2.weight", Shape.of(10, 10));
  }

  @Test
  void halfTheImagesKeepTheChannels() {
    SmallerNetworks.Redrawn redrawn = networks.halvedImages();
    assertThat(redrawn.change()).isEqualTo("16x16 for 32x32");
    assertThat(redrawn.graph().inputs().get(0).shape()).isEqualTo(Shape.of(3, 16, 16));
    assertThat(redrawn.graph().node("conv2").shape()).isEqualTo(Shape.of(16, 2, 2));
  }

  @Test
  void aFrozenBaseTrainsTheLastLayerOnly() {
    SmallerNetworks.Redrawn redrawn = networks.frozenBase();
    assertThat(redrawn.change()).isEqualTo("only fc2 is trained");
    assertThat(redrawn.graph().trainableShapes().keySet())
        .containsExactly("fc2.weight", "fc2.bias");
  }

  @Test
  void whatIsNotPossibleIsRefused() {
    Graph dense = Graph.build("dense", Shape.of(5), x -> x.then("fc", Layer.dense(2)));
    SmallerNetworks none = new SmallerNetworks(dense);
    assertThatThrownBy(none::largerStride)
        .isInstanceOf(GraphException.class)
        .hasMessage("no convolution");
    assertThatThrownBy(none::stackedKernels).hasMessage("no kernels of 5x5 or 7x7");
    assertThatThrownBy(none::morePooling).hasMessage("no activation function on images");
    assertThatThrownBy(none::halvedImages).hasMessage("no images as input");
    Graph tight =
        Graph.build(
            "tight",
            Shape.of(1, 8, 8),
            x -> x.then("conv1", Layer.conv(2, 3)).then("conv2", Layer.conv(2, 5)));
    assertThatThrownBy(new SmallerNetworks(tight)::largerStride)
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("conv2");
  }

  private static Graph withHead(Graph graph) {
    return graph.withHead(
        "conv",
        x -> x.then(Layer.globalAvgPool()).then(Layer.flatten()).then("fc", Layer.dense(2)));
  }
}
