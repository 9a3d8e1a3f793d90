package dev.trifocal.apps.engine;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import dev.trifocal.backend.Backend;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The backends on the class path, as the command line finds them. */
public interface FoundBackends {
  /** In the order of their names. */
  static List<Backend> all() {
    Key<Map<String, Backend>> key = Key.get(new TypeLiteral<Map<String, Backend>>() {});
    Map<String, Backend> found =
        Guice.createInjector(ServiceLoader.load(Module.class)).getInstance(key);
    return List.copyOf(new TreeMap<>(found).values());
  }
}
