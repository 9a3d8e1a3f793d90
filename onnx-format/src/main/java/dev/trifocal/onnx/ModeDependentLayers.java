package dev.trifocal.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;

/** Lowers the layers that differ between training and evaluation. */
public interface ModeDependentLayers {
  String conv2d(Conv2d layer, NodeContext context);

  String dropout(Dropout layer, NodeContext context);

  String batchNorm(BatchNorm layer, NodeContext context);

  String maxPool2d(MaxPool2d layer, NodeContext context);
}
