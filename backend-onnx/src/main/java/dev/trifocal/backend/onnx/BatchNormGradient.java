package dev.trifocal.backend.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of batch norm: through the batch statistics in training, or through a constant scale
 * if frozen.
 *
 * @param forward values kept by the forward pass
 */
record BatchNormGradient(OnnxGraphBuilder onnx, TrainingModeLayers forward, GradientContext site) {
  LayerGradients of(BatchNorm layer) {
    if (site.forward().node().frozen()) {
      return frozen(layer);
    }
    Shape sample = site.forward().node().shape();
    NchwcValues values = forward.values();
    return forward
        .normalisedInBlocks(site.forward().node().path())
        .map(
            kept ->
                new NchwcBatchNorm(onnx, values, sample)
                    .gradients(kept, site, forward.countPerChannel(kept.centred(), sample)))
        .orElseGet(this::trained);
  }

  private LayerGradients trained() {
    Shape sample = site.forward().node().shape();
    TrainingModeLayers.Normalised kept = forward.normalised(site.forward().node().path());
    String axes = onnx.longs(TrainingModeLayers.batchAxes(sample));
    String dy = site.gradient();
    String sum = onnx.node("ReduceSum", List.of(dy, axes));
    String inverse = kept.inverseDeviation();
    String projected =
        multiply(onnx.node("ReduceSum", List.of(multiply(dy, kept.centred()), axes)), inverse);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(site.parameter("weight"), flat(projected));
    parameters.put(site.parameter("bias"), flat(sum));
    if (!site.inputWanted()) {
      return new LayerGradients(List.of(), parameters);
    }
    String count = forward.countPerChannel(dy, sample);
    String mean = onnx.node("Div", List.of(sum, count));
    String slope = onnx.node("Div", List.of(multiply(projected, inverse), count));
    String others = multiply(kept.centred(), slope);
    String rest = onnx.node("Sub", List.of(onnx.node("Sub", List.of(dy, mean)), others));
    String factor = multiply(forward.channels(site.forward(), "weight"), inverse);
    return new LayerGradients(List.of(multiply(rest, factor)), parameters);
  }

  private LayerGradients frozen(BatchNorm layer) {
    String variance = forward.channels(site.forward(), "running_var");
    String deviation =
        onnx.node(
            "Sqrt", List.of(onnx.node("Add", List.of(variance, onnx.constant(layer.epsilon())))));
    String factor =
        onnx.node("Div", List.of(forward.channels(site.forward(), "weight"), deviation));
    return LayerGradients.ofInput(multiply(site.gradient(), factor));
  }

  private String flat(String value) {
    return onnx.node("Reshape", List.of(value, onnx.longs(-1)));
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
