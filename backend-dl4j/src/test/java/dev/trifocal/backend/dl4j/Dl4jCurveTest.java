package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CurveContract;

class Dl4jCurveTest extends CurveContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
