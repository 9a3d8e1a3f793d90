package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.TrainingContract;

class DjlTrainingTest extends TrainingContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
