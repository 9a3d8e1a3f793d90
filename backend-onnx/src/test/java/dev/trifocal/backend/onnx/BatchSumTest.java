package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of weights are summed over the batch without keeping those of its samples. */
class BatchSumTest {
  private static final int BATCH = 8;

  @ParameterizedTest
  @EnumSource
  void no_form_keeps_as_many_gradients_as_there_are_samples(ConvolutionWeightGradient.Form form)
      throws OrtException {
    boolean pointwise = form.name().contains("POINTWISE");
    boolean depthwise = form == ConvolutionWeightGradient.Form.NCHWC_DEPTHWISE;
    Conv2d dense = Layer.conv(64, pointwise ? 1 : 3).padding(pointwise ? 0 : 1);
    // The weights have more elements than the images and the patches, so products would stand out.
    Conv2d layer = depthwise ? Layer.conv(64, 5).groups(64).padding(2) : dense;
    Shape image = depthwise ? Shape.of(64, 2, 2) : Shape.of(48, 2, 2);
    Shape output = layer.outputShape(List.of(image));
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("sum", StepCompiler.OPSET);
    String x = onnx.batchInput("x", image);
    String dy = onnx.batchInput("dy", output);
    ConvolutionWeightGradient gradient =
        new ConvolutionWeightGradient(
            onnx,
            new NchwcValues(onnx, NchwcBlockSize.ofThisProcessor()),
            layer,
            image,
            output,
            BATCH);
    assumeThat(gradient.applies(form)).as(form + " applies on this processor").isTrue();
    Shape weight = layer.parameters(List.of(image)).get(0).shape();
    onnx.output("gradient", gradient.of(form, x, dy), weight);

    assertThat(largestValue(onnx.build(Map.of()), image, output))
        .isLessThan(BATCH * weight.elements());
  }

  @Test
  void the_zeros_that_a_sum_begins_with_are_no_constant() {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("sum", StepCompiler.OPSET);
    Shape sample = Shape.of(2, 3);
    String x = onnx.batchInput("x", sample);
    new BatchSum(onnx, sample)
        .of(
            List.of(new BatchSum.Operand(x, sample)),
            (body, before, samples) -> body.node("Add", List.of(before, samples.get(0))));
    Set<String> dependent = new HashSet<>(Set.of(x));
    for (NodeProto node : onnx.build(Map.of()).getGraph().getNodeList()) {
      assertThat(node.getInputList()).as(node.getOpType()).anyMatch(dependent::contains);
      dependent.addAll(node.getOutputList());
    }
  }

  /** Returns the number of elements of the largest value that a run of the model computes. */
  private static long largestValue(ModelProto model, Shape image, Shape output)
      throws OrtException {
    ModelProto.Builder seen = model.toBuilder();
    seen.getGraphBuilder().clearOutput();
    for (NodeProto node : model.getGraph().getNodeList()) {
      node.getOutputList().forEach(name -> seen.getGraphBuilder().addOutputBuilder().setName(name));
    }
    Tensor x = RandomTensor.of(image.batch(BATCH), 1);
    Tensor dy = RandomTensor.of(output.batch(BATCH), 2);
    long largest = 0;
    try (OrtSession session = OnnxSessions.open("sum", seen.build(), RunOptions.DEFAULT);
        OnnxTensor images = OnnxSessions.tensor(x);
        OnnxTensor gradients = OnnxSessions.tensor(dy);
        OrtSession.Result result = session.run(Map.of("x", images, "dy", gradients))) {
      for (Map.Entry<String, OnnxValue> value : result) {
        TensorInfo info = (TensorInfo) value.getValue().getInfo();
        largest = Math.max(largest, info.getNumElements());
      }
    }
    return largest;
  }
}
