package dev.trifocal.backend.djl;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.PlanContract;

class DjlPlanTest extends PlanContract {
  @Override
  protected Backend backend() {
    return new DjlBackend();
  }
}
