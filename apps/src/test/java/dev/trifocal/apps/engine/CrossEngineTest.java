package dev.trifocal.apps.engine;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import dev.trifocal.backend.Backend;
import dev.trifocal.testkit.CrossEngineContract;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All backends that the command line finds. */
class CrossEngineTest extends CrossEngineContract {
  private static final Key<Map<String, Backend>> BACKENDS =
      Key.get(new TypeLiteral<Map<String, Backend>>() {});

  @Override
  protected List<Backend> backends() {
    Injector injector = Guice.createInjector(ServiceLoader.load(Module.class));
    return List.copyOf(new TreeMap<>(injector.getInstance(BACKENDS)).values());
  }
}
