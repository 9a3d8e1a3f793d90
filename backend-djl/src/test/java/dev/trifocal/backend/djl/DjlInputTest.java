package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.InputContract;

class DjlInputTest extends InputContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
