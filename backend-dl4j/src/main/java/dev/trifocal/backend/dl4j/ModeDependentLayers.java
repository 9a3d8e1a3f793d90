package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** What differs between evaluation and training. */
interface ModeDependentLayers {
  ForwardResult dropout(Dropout layer, NodeContext context);

  ForwardResult batchNorm(BatchNorm layer, NodeContext context);
}
