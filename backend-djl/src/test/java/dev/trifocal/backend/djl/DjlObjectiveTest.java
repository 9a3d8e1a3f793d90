package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.ObjectiveContract;

class DjlObjectiveTest extends ObjectiveContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
