package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CurveContract;

class DjlCurveTest extends CurveContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
