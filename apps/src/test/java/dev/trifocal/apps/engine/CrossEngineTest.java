package dev.trifocal.apps.engine;

import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CrossEngineContract;
import java.util.List;

/** All backends that the command line finds. */
class CrossEngineTest extends CrossEngineContract {
  @Override
  protected List<Backend> backends() {
    return FoundBackends.all();
  }
}
