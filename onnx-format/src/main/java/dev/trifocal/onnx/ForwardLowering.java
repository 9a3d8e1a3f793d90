package dev.trifocal.onnx;

import dev.trifocal.layer.Divide;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.Learned;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.MatMul;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What each layer is in ONNX operators. Parameters are values under their full names.
 *
 * @param modal the layers whose lowering depends on the mode
 * @param declared how an input of some shape is declared
 * @param batched an input of the graph, whose first axis is the batch; empty if there is none
 */
public record ForwardLowering(
    OnnxGraphBuilder onnx,
    ModalLayers modal,
    Function<Shape, OpenShape> declared,
    Optional<String> batched)
    implements LayerVisitor<Site, String> {

  /** With inputs of the graph's own sizes. */
  public static ForwardLowering of(OnnxGraphBuilder onnx, ModalLayers modal, Graph graph) {
    return of(onnx, modal, OpenShape::of, graph);
  }

  static ForwardLowering of(
      OnnxGraphBuilder onnx, ModalLayers modal, Function<Shape, OpenShape> declared, Graph graph) {
    Optional<String> batched = graph.inputs().stream().map(Node::path).findFirst();
    return new ForwardLowering(onnx, modal, declared, batched);
  }

  @Override
  public String input(Input layer, Site site) {
    return onnx.batchInput(site.node().path(), declared.apply(layer.shape()));
  }

  @Override
  public String conv2d(Conv2d layer, Site site) {
    Window window = layer.window();
    return onnx.node(
        "Conv",
        withParameters(site, layer.bias()),
        Attribute.of("kernel_shape", kernel(window)),
        Attribute.of("strides", strides(window)),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        PoolGeometry.pads(window.padding()));
  }

  @Override
  public String learned(Learned layer, Site site) {
    return moves().learned(layer, site, batched);
  }

  @Override
  public String convTranspose2d(ConvTranspose2d layer, Site site) {
    return new ConvTransposeLowering(onnx, layer, site).lowered();
  }

  @Override
  public String matMul(MatMul layer, Site site) {
    return onnx.node("MatMul", site.inputs());
  }

  @Override
  public String dense(Dense layer, Site site) {
    return onnx.node("Gemm", withParameters(site, layer.bias()), Attribute.of("transB", 1L));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, Site site) {
    return modal.maxPool2d(layer, site);
  }

  @Override
  public String avgPool2d(AvgPool2d layer, Site site) {
    return new AvgPoolLowering(onnx, layer, site).lowered();
  }

  @Override
  public String globalAvgPool(GlobalAvgPool layer, Site site) {
    return onnx.node("GlobalAveragePool", site.inputs());
  }

  @Override
  public String globalMaxPool(GlobalMaxPool layer, Site site) {
    return onnx.node("GlobalMaxPool", site.inputs());
  }

  @Override
  public String reduce(Reduce layer, Site site) {
    long[] axes = layer.axes().stream().mapToLong(axis -> axis + 1).toArray();
    return switch (layer.reduction()) {
      case SUM -> onnx.node("ReduceSum", List.of(site.input(), onnx.longs(axes)));
      case MEAN -> onnx.node("ReduceMean", site.inputs(), Attribute.of("axes", axes));
      case MAX -> onnx.node("ReduceMax", site.inputs(), Attribute.of("axes", axes));
      case MIN -> onnx.node("ReduceMin", site.inputs(), Attribute.of("axes", axes));
    };
  }

  @Override
  public String batchReduce(BatchReduce layer, Site site) {
    return layer.reduction() == Reduce.Reduction.SUM
        ? onnx.node("ReduceSum", List.of(site.input(), onnx.longs(0)))
        : onnx.node("ReduceMean", site.inputs(), Attribute.of("axes", new long[] {0}));
  }

  @Override
  public String reshape(Reshape layer, Site site) {
    return moves().reshape(site.input(), layer.shape());
  }

  @Override
  public String transpose(Transpose layer, Site site) {
    return moves().transpose(layer, site.input());
  }

  @Override
  public String slice(Slice layer, Site site) {
    return moves().slice(layer, site);
  }

  @Override
  public String pad2d(Pad2d layer, Site site) {
    return moves().pad(layer, site.input());
  }

  @Override
  public String upsample2d(Upsample2d layer, Site site) {
    return moves().upsample(layer, site.input());
  }

  @Override
  public String pRelu(PRelu layer, Site site) {
    return onnx.node("PRelu", List.of(site.input(), slopes(onnx, layer, site)));
  }

  @Override
  public String groupNorm(GroupNorm layer, Site site) {
    return new NormLowering(onnx).group(layer, site);
  }

  @Override
  public String localResponseNorm(LocalResponseNorm layer, Site site) {
    return new NormLowering(onnx).localResponse(layer, site);
  }

  @Override
  public String flatten(Flatten layer, Site site) {
    return onnx.node("Flatten", site.inputs(), Attribute.of("axis", 1L));
  }

  @Override
  public String activation(Activation layer, Site site) {
    return layer.function().accept(new ActivationLowering(onnx, site.input()));
  }

  @Override
  public String softmax(Softmax layer, Site site) {
    return onnx.node("Softmax", site.inputs(), Attribute.of("axis", layer.axis() + 1L));
  }

  @Override
  public String logSoftmax(LogSoftmax layer, Site site) {
    return onnx.node("LogSoftmax", site.inputs(), Attribute.of("axis", layer.axis() + 1L));
  }

  @Override
  public String dropout(Dropout layer, Site site) {
    return modal.dropout(layer, site);
  }

  @Override
  public String batchNorm(BatchNorm layer, Site site) {
    return modal.batchNorm(layer, site);
  }

  @Override
  public String add(Add layer, Site site) {
    return onnx.node(site.inputs().size() == 2 ? "Add" : "Sum", site.inputs());
  }

  @Override
  public String multiply(Multiply layer, Site site) {
    return onnx.node("Mul", site.inputs());
  }

  @Override
  public String divide(Divide layer, Site site) {
    return onnx.node("Div", site.inputs());
  }

  @Override
  public String concat(Concat layer, Site site) {
    return onnx.node("Concat", site.inputs(), Attribute.of("axis", layer.axis() + 1L));
  }

  @Override
  public String affine(Affine layer, Site site) {
    Shape sample = site.node().shape();
    boolean scales = layer.scale().stream().anyMatch(value -> value != 1);
    boolean shifts = layer.shift().stream().anyMatch(value -> value != 0);
    String scaled =
        scales || !shifts
            ? onnx.node("Mul", List.of(site.input(), constant(sample, layer.scale())))
            : site.input();
    return shifts
        ? onnx.node("Add", List.of(scaled, constant(sample, layer.shift())))
        : scaled;
  }

  /** {@code [C, 1, ...]} of a sample's rank: what spreads over a batch by channel. */
  public static Shape perChannel(Shape sample) {
    int[] sizes = new int[sample.rank()];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = sample.size(0);
    return Shape.of(sizes);
  }

  /** One number for all elements, or one per channel. */
  public static Tensor numbers(Shape sample, List<Float> values) {
    return values.size() == 1
        ? Tensor.scalar(values.get(0))
        : Tensor.floats(perChannel(sample), buffer -> values.forEach(buffer::put));
  }

  private String constant(Shape sample, List<Float> values) {
    return onnx.constant(numbers(sample, values));
  }

  /** The slopes of a PRelu, spread over batch and space. */
  public static String slopes(OnnxGraphBuilder onnx, PRelu layer, Site site) {
    return layer.slopes() == 1
        ? site.parameter("weight")
        : onnx.node(
            "Reshape",
            List.of(
                site.parameter("weight"), onnx.longs(perChannel(site.node().shape()).toLongs())));
  }

  private MoveLowering moves() {
    return new MoveLowering(onnx);
  }

  private static long[] kernel(Window window) {
    return new long[] {window.kernel().height(), window.kernel().width()};
  }

  private static long[] strides(Window window) {
    return new long[] {window.stride().height(), window.stride().width()};
  }

  private static List<String> withParameters(Site site, boolean bias) {
    List<String> inputs = new ArrayList<>(site.inputs());
    inputs.add(site.parameter("weight"));
    if (bias) {
      inputs.add(site.parameter("bias"));
    }
    return inputs;
  }
}
