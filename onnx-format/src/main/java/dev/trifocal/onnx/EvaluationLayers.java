package dev.trifocal.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;
import java.util.List;

/**
 * Evaluation mode: batch norm uses its running statistics, and dropout does nothing. It stays in
 * the model all the same, as momentum does, so that whoever reads the file can train on; runtimes
 * take it out when they load it.
 */
public record EvaluationLayers(OnnxGraphBuilder onnx) implements ModalLayers {
  @Override
  public String dropout(Dropout layer, Site site) {
    return layer.p() == 0
        ? site.input()
        : onnx.node("Dropout", List.of(site.input(), onnx.constant(layer.p())));
  }

  @Override
  public String batchNorm(BatchNorm layer, Site site) {
    return onnx.node(
        "BatchNormalization",
        List.of(
            site.input(),
            site.parameter("weight"),
            site.parameter("bias"),
            site.parameter("running_mean"),
            site.parameter("running_var")),
        Attribute.of("epsilon", layer.epsilon()),
        Attribute.of("momentum", 1 - layer.momentum()));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, Site site) {
    return onnx.node(
        "MaxPool",
        List.of(site.input()),
        PoolGeometry.of(layer.window(), site.node()).attributes(onnx));
  }
}
