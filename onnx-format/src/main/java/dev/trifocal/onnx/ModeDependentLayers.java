package dev.trifocal.onnx;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Multiply;

/**
 * Lowers the layers that differ between training and evaluation, or that training may compute in
 * another layout.
 */
public interface ModeDependentLayers {
  String conv2d(Conv2d layer, NodeContext context);

  String dropout(Dropout layer, NodeContext context);

  String batchNorm(BatchNorm layer, NodeContext context);

  String maxPool2d(MaxPool2d layer, NodeContext context);

  String activation(Activation layer, NodeContext context);

  String add(Add layer, NodeContext context);

  String multiply(Multiply layer, NodeContext context);

  String concat(Concat layer, NodeContext context);
}
