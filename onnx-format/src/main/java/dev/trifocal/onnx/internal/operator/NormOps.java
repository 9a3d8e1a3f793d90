package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Normalisation operators. */
final class NormOps {
  /** The precision at which momentum is rounded, so that 1 - 0.9 is 0.1 despite float32. */
  static final double STEPS = 1e7;

  private NormOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "BatchNormalization",
            List.of(1, 6, 7, 9, 14, 15),
            "BatchNorm; its momentum is 1 minus ONNX's momentum",
            "Version 6 has is_test and spatial, which 7 and 9 remove; 14 adds training_mode. Training mode is"
                + " not supported. The statistics must be constant.",
            NormOps::batchNorm),
        Operator.of(
            "InstanceNormalization",
            List.of(1, 6, 22),
            "GroupNorm with one group per channel",
            "Scale and bias must be constant.",
            call -> group(call, channels(call))),
        Operator.of(
            "GroupNormalization",
            List.of(18, 21),
            "GroupNorm",
            "Version 18 has one scale per group, 21 one per channel.",
            NormOps::groupNorm),
        Operator.of(
            "LRN",
            List.of(1, 13),
            "LocalResponseNorm",
            "Even sizes are not supported, because ONNX and PyTorch place the window differently.",
            NormOps::localResponseNorm));
  }

  private static Operand batchNorm(NodeCall call) {
    OnnxNode node = call.node();
    if (node.integer("spatial", 1) == 0) {
      throw new GraphException("spatial 0 (statistics for each pixel) is not supported");
    }
    boolean training =
        node.integer("training_mode", 0) == 1
            || (call.opset() < 7 && node.integer("is_test", 0) == 0 && node.has("is_test"));
    if (training) {
      throw new GraphException("is in training mode; export the model in evaluation mode");
    }
    double kept = node.real("momentum", 0.9);
    double momentum = Math.rint((1 - kept) * STEPS) / STEPS;
    Map<String, Tensor> parameters = new HashMap<>();
    List<String> names = List.of("weight", "bias", "running_mean", "running_var");
    DataValue flow = channelsSecond(call.data(0));
    int channels = flow.piece().shape().size(0);
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), vector(call, i + 1, channels));
    }
    BatchNorm layer = new BatchNorm(node.real("epsilon", 1e-5), momentum);
    PendingNode input = OneDimensionalData.image(flow.piece());
    PendingNode result = call.piece(layer, parameters, node.inputs().get(1), input);
    return flow.with(OneDimensionalData.reshaped(result, flow.piece().shape()));
  }

  /** Returns data whose second axis in the file is the graph's channel axis. */
  private static DataValue channelsSecond(DataValue flow) {
    if (flow.rank() < 2) {
      throw new GraphException("has no channel axis: " + flow.shape());
    }
    return flow.order().get(0) == 0 ? flow : DataValue.of(flow.settled());
  }

  private static int channels(NodeCall call) {
    return channelsSecond(call.data(0)).piece().shape().size(0);
  }

  private static Operand groupNorm(NodeCall call) {
    int groups = Math.max(1, WindowAttributes.number(call.node().integer("num_groups", 0)));
    int channels = channels(call);
    return call.opset() < 21
        ? group(call, groups, each(call, 1, groups, channels), each(call, 2, groups, channels))
        : group(call, groups);
  }

  /** Returns one number per channel from one number per group. */
  private static Tensor each(NodeCall call, int input, int groups, int channels) {
    Tensor given = vector(call, input, groups);
    if (channels % groups != 0) {
      throw new GraphException(
          "cannot split %d channels into %d groups".formatted(channels, groups));
    }
    float[] values = new float[channels];
    for (int i = 0; i < channels; i++) {
      values[i] = given.floats().get(i / (channels / groups));
    }
    return Tensor.of(Shape.of(channels), values);
  }

  private static Operand group(NodeCall call, int groups) {
    int channels = channels(call);
    return group(call, groups, vector(call, 1, channels), vector(call, 2, channels));
  }

  private static Operand group(NodeCall call, int groups, Tensor weight, Tensor bias) {
    PendingNode input = call.piece(0);
    Map<String, Tensor> parameters = Map.of("weight", weight, "bias", bias);
    GroupNorm layer = new GroupNorm(groups, call.node().real("epsilon", 1e-5));
    return DataValue.of(call.piece(layer, parameters, call.node().inputs().get(1), input));
  }

  private static Tensor vector(NodeCall call, int input, int channels) {
    Tensor tensor = call.numbers(input).tensor();
    if (tensor.shape().rank() != 1 || tensor.shape().size(0) != channels) {
      throw new GraphException(
          "input %d (%s) does not match %d channels".formatted(input, tensor, channels));
    }
    return tensor;
  }

  private static Operand localResponseNorm(NodeCall call) {
    OnnxNode node = call.node();
    int size = WindowAttributes.number(node.integer("size", 0));
    if (size % 2 == 0) {
      throw new GraphException("even size %d is not supported".formatted(size));
    }
    LocalResponseNorm layer =
        new LocalResponseNorm(
            size, node.real("alpha", 1e-4), node.real("beta", 0.75), node.real("bias", 1));
    return DataValue.of(call.piece(layer, call.piece(0)));
  }
}
