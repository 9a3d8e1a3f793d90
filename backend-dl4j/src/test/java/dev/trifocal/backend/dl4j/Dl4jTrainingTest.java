package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.TrainingContract;

class Dl4jTrainingTest extends TrainingContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
