package dev.trifocal.onnx;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.MaxPool2d;

/** The layers that a training step lowers otherwise than evaluation does. */
public interface ModalLayers {
  String dropout(Dropout layer, Site site);

  String batchNorm(BatchNorm layer, Site site);

  String maxPool2d(MaxPool2d layer, Site site);
}
