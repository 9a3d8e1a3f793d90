package dev.trifocal.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;
import java.util.List;

/** Evaluation mode: dropout is nothing, batch norm uses its running statistics. */
public record EvaluationLayers(OnnxGraphBuilder onnx) implements ModalLayers {
  @Override
  public String dropout(Dropout layer, Site site) {
    return site.input();
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
        Attribute.of("epsilon", layer.epsilon()));
  }

  @Override
  public String maxPool2d(MaxPool2d layer, Site site) {
    return onnx.node(
        "MaxPool",
        List.of(site.input()),
        PoolGeometry.of(layer.window(), site.node()).attributes());
  }
}
