package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** What differs between evaluation and training. */
interface Mode {
  Traced dropout(Dropout layer, Site site);

  Traced batchNorm(BatchNorm layer, Site site);
}
