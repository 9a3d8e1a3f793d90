package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** The layers that differ between evaluation and training. */
interface ModalLayers {
  PtNDArray dropout(Dropout layer, Site site);

  PtNDArray batchNorm(BatchNorm layer, Site site);
}
