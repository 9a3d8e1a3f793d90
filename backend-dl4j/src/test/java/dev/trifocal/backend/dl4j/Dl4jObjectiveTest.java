package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.ObjectiveContract;

class Dl4jObjectiveTest extends ObjectiveContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
