package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.PlanContract;

class Dl4jPlanTest extends PlanContract {
  @Override
  protected Backend backend() {
    return new Dl4jBackend();
  }
}
