package dev.trifocal.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Divide;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Flatten;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.LayerVisitor;
import dev.trifocal.layer.LearnableInput;
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
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lowers each layer to ONNX operators. Parameters are referenced by their full names.
 *
 * @param modal lowers the layers that depend on the mode
 * @param declared the declared shape of an input, given the shape of one sample
 * @param batched a graph input, whose first axis is the batch; empty if the graph has no inputs
 */
public record ForwardLowering(
    OnnxGraphBuilder onnx,
    ModeDependentLayers modal,
    Function<Shape, DynamicShape> declared,
    Optional<String> batched)
    implements LayerVisitor<NodeContext, String> {

  /** Returns a lowering that declares inputs with the graph's own sizes. */
  public static ForwardLowering of(OnnxGraphBuilder onnx, ModeDependentLayers modal, Graph graph) {
    return of(onnx, modal, DynamicShape::of, graph);
  }

  static ForwardLowering of(
      OnnxGraphBuilder onnx,
      ModeDependentLayers modal,
      Function<Shape, DynamicShape> declared,
      Graph graph) {
    Optional<String> batched = graph.inputs().stream().map(Node::path).findFirst();
    return new ForwardLowering(onnx, modal, declared, batched);
  }

  @Override
  public String input(Input layer, NodeContext context) {
    return onnx.batchInput(context.node().path(), declared.apply(layer.shape()));
  }

  @Override
  public String conv2d(Conv2d layer, NodeContext context) {
    return modal.conv2d(layer, context);
  }

  @Override
  public String learnableInput(LearnableInput layer, NodeContext context) {
    return shapeOps().learnable(layer, context, batched);
  }

  @Override
  public String convTranspose2d(ConvTranspose2d layer, NodeContext context) {
    return new ConvTransposeLowering(onnx, layer, context).lowered();
  }

  @Override
  public String matMul(MatMul layer, NodeContext context) {
    return onnx.node("MatMul", context.inputs());
  }

  @Override
  public String dense(Dense layer, NodeContext context) {
    return onnx.node("Gemm", withParameters(context, layer.bias()), Attribute.of("transB", 1L));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, NodeContext context) {
    return modal.maxPool2d(layer, context);
  }

  @Override
  public String avgPool2d(AvgPool2d layer, NodeContext context) {
    return new AvgPoolLowering(onnx, layer, context).lowered();
  }

  @Override
  public String globalAvgPool(GlobalAvgPool layer, NodeContext context) {
    return onnx.node("GlobalAveragePool", context.inputs());
  }

  @Override
  public String globalMaxPool(GlobalMaxPool layer, NodeContext context) {
    return onnx.node("GlobalMaxPool", context.inputs());
  }

  @Override
  public String reduce(Reduce layer, NodeContext context) {
    long[] axes = layer.axes().stream().mapToLong(axis -> axis + 1).toArray();
    return switch (layer.reduction()) {
      case SUM -> onnx.reduce("ReduceSum", context.input(), axes);
      case MEAN -> onnx.reduce("ReduceMean", context.input(), axes);
      case MAX -> onnx.reduce("ReduceMax", context.input(), axes);
      case MIN -> onnx.reduce("ReduceMin", context.input(), axes);
    };
  }

  @Override
  public String batchReduce(BatchReduce layer, NodeContext context) {
    return layer.reduction() == Reduce.Reduction.SUM
        ? onnx.reduce("ReduceSum", context.input(), 0)
        : onnx.reduce("ReduceMean", context.input(), 0);
  }

  @Override
  public String reshape(Reshape layer, NodeContext context) {
    return shapeOps().reshape(context.input(), layer.shape());
  }

  @Override
  public String transpose(Transpose layer, NodeContext context) {
    return shapeOps().transpose(layer, context.input());
  }

  @Override
  public String slice(Slice layer, NodeContext context) {
    return shapeOps().slice(layer, context);
  }

  @Override
  public String pad2d(Pad2d layer, NodeContext context) {
    return shapeOps().pad(layer, context.input());
  }

  @Override
  public String upsample2d(Upsample2d layer, NodeContext context) {
    return shapeOps().upsample(layer, context.input());
  }

  @Override
  public String pRelu(PRelu layer, NodeContext context) {
    return onnx.node("PRelu", List.of(context.input(), slopes(onnx, layer, context)));
  }

  @Override
  public String groupNorm(GroupNorm layer, NodeContext context) {
    return new NormLowering(onnx).group(layer, context);
  }

  @Override
  public String localResponseNorm(LocalResponseNorm layer, NodeContext context) {
    return new NormLowering(onnx).localResponse(layer, context);
  }

  @Override
  public String flatten(Flatten layer, NodeContext context) {
    return onnx.node("Flatten", context.inputs(), Attribute.of("axis", 1L));
  }

  @Override
  public String activation(Activation layer, NodeContext context) {
    return modal.activation(layer, context);
  }

  @Override
  public String softmax(Softmax layer, NodeContext context) {
    return onnx.node("Softmax", context.inputs(), Attribute.of("axis", layer.axis() + 1L));
  }

  @Override
  public String logSoftmax(LogSoftmax layer, NodeContext context) {
    return onnx.node("LogSoftmax", context.inputs(), Attribute.of("axis", layer.axis() + 1L));
  }

  @Override
  public String dropout(Dropout layer, NodeContext context) {
    return modal.dropout(layer, context);
  }

  @Override
  public String batchNorm(BatchNorm layer, NodeContext context) {
    return modal.batchNorm(layer, context);
  }

  @Override
  public String add(Add layer, NodeContext context) {
    return modal.add(layer, context);
  }

  @Override
  public String multiply(Multiply layer, NodeContext context) {
    return modal.multiply(layer, context);
  }

  @Override
  public String divide(Divide layer, NodeContext context) {
    return onnx.node("Div", context.inputs());
  }

  @Override
  public String concat(Concat layer, NodeContext context) {
    return modal.concat(layer, context);
  }

  @Override
  public String affine(Affine layer, NodeContext context) {
    Shape sample = context.node().shape();
    boolean scales = layer.scale().stream().anyMatch(value -> value != 1);
    boolean shifts = layer.shift().stream().anyMatch(value -> value != 0);
    String scaled =
        scales || !shifts
            ? onnx.node("Mul", List.of(context.input(), constant(sample, layer.scale())))
            : context.input();
    return shifts ? onnx.node("Add", List.of(scaled, constant(sample, layer.shift()))) : scaled;
  }

  /** Returns {@code [C, 1, ...]} of the sample's rank, which broadcasts over a batch by channel. */
  public static Shape perChannel(Shape sample) {
    int[] sizes = new int[sample.rank()];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = sample.size(0);
    return Shape.of(sizes);
  }

  /**
   * Returns a constant that broadcasts over a batch: one number for all elements, or one per
   * channel.
   */
  public static Tensor numbers(Shape sample, List<Float> values) {
    return values.size() == 1
        ? Tensor.scalar(values.get(0))
        : Tensor.floats(perChannel(sample), buffer -> values.forEach(buffer::put));
  }

  private String constant(Shape sample, List<Float> values) {
    return onnx.constant(numbers(sample, values));
  }

  /** Returns the slopes of a PRelu, shaped to broadcast over batch and space. */
  public static String slopes(OnnxGraphBuilder onnx, PRelu layer, NodeContext context) {
    return layer.slopes() == 1
        ? context.parameter("weight")
        : onnx.node(
            "Reshape",
            List.of(
                context.parameter("weight"),
                onnx.longs(perChannel(context.node().shape()).toLongs())));
  }

  private ShapeOpLowering shapeOps() {
    return new ShapeOpLowering(onnx);
  }

  /** Returns the inputs of a node and the names of its weight and bias. */
  static List<String> withParameters(NodeContext context, boolean bias) {
    List<String> inputs = new ArrayList<>(context.inputs());
    inputs.add(context.parameter("weight"));
    if (bias) {
      inputs.add(context.parameter("bias"));
    }
    return inputs;
  }
}
