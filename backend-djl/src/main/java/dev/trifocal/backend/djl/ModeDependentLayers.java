package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** Runs the layers that differ between training and evaluation. */
interface ModeDependentLayers {
  PtNDArray dropout(Dropout layer, NodeContext context);

  PtNDArray batchNorm(BatchNorm layer, NodeContext context);
}
