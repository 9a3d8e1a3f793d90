package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** The layers that differ between evaluation and training. */
interface ModeDependentLayers {
  PtNDArray dropout(Dropout layer, NodeContext context);

  PtNDArray batchNorm(BatchNorm layer, NodeContext context);
}
