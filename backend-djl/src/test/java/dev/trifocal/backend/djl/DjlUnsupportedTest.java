package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.UnsupportedContract;

class DjlUnsupportedTest extends UnsupportedContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
