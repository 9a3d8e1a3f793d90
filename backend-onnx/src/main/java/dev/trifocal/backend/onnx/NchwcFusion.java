package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Convolutions on NCHWc that also add a value and apply an activation function, which saves the
 * passes over memory of separate operators. The convolution is written anew with what follows it;
 * the first one is dropped by {@link UsedNodes} unless something else reads it.
 */
final class NchwcFusion {
  /** The inputs of a convolution without a value to add: input, filters and shifts. */
  private static final int WITHOUT_SUM = 3;

  private final OnnxGraphBuilder onnx;
  private final Map<String, Written> written = new HashMap<>();

  private record Written(String scope, List<String> inputs, List<AttributeProto> attributes) {}

  NchwcFusion(OnnxGraphBuilder onnx) {
    this.onnx = onnx;
  }

  /**
   * Writes a convolution.
   *
   * @param inputs input, filters and optionally shifts per channel and a value to add
   */
  String convolution(List<String> inputs, AttributeProto... attributes) {
    String result = onnx.node(NchwcValues.DOMAIN, "Conv", inputs, attributes);
    written.put(result, new Written(onnx.scope(), inputs, List.of(attributes)));
    return result;
  }

  /**
   * Returns the sum of two values in the layout, if the first is a convolution that can add the
   * other.
   *
   * @param added a value of the same shape
   */
  Optional<String> sum(String value, String added) {
    return Optional.ofNullable(written.get(value))
        .filter(convolution -> convolution.inputs().size() <= WITHOUT_SUM)
        .map(convolution -> sum(convolution, added));
  }

  /** Returns the ReLU of a value in the layout, if that is a convolution. */
  Optional<String> relu(String value) {
    return activated(value, Attribute.of("activation", "Relu"));
  }

  /** As {@link #relu}, for ReLU6. */
  Optional<String> relu6(String value) {
    return activated(
        value, Attribute.of("activation", "Clip"), Attribute.floats("activation_params", 0, 6));
  }

  private Optional<String> activated(String value, AttributeProto... activation) {
    // The result is not recorded: nothing can be fused after an activation.
    return Optional.ofNullable(written.get(value))
        .map(
            convolution ->
                node(
                    convolution,
                    convolution.inputs(),
                    Stream.concat(convolution.attributes().stream(), Stream.of(activation))
                        .toList()));
  }

  private String sum(Written convolution, String added) {
    List<String> inputs = new ArrayList<>(convolution.inputs());
    while (inputs.size() < WITHOUT_SUM) {
      inputs.add(NchwcValues.NO_SHIFTS);
    }
    inputs.add(added);
    String result = node(convolution, inputs, convolution.attributes());
    written.put(result, new Written(convolution.scope(), inputs, convolution.attributes()));
    return result;
  }

  private String node(Written convolution, List<String> inputs, List<AttributeProto> attributes) {
    String scope = onnx.scope();
    onnx.scope(convolution.scope());
    String result =
        onnx.node(NchwcValues.DOMAIN, "Conv", inputs, attributes.toArray(AttributeProto[]::new));
    onnx.scope(scope);
    return result;
  }
}
