package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** Runs the layers that differ between training and evaluation. */
interface ModeDependentLayers {
  ForwardResult dropout(Dropout layer, NodeContext context);

  ForwardResult batchNorm(BatchNorm layer, NodeContext context);
}
