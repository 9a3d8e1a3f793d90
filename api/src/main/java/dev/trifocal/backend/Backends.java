package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import java.util.NavigableMap;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The backends on the class path: {@code Backends.get("onnx")}. */
public final class Backends {
  /** Preferred where nobody chooses. */
  private static final String PREFERRED = "onnx";

  /** Names of the backends whose artifacts are {@code dev.trifocal:trifocal-backend-<name>}. */
  private static final List<String> PUBLISHED = List.of(PREFERRED, "djl", "dl4j");

  private Backends() {}

  /**
   * Starts a backend.
   *
   * @param name such as {@code onnx}, {@code djl} or {@code dl4j}
   * @throws ConfigurationException if it is not on the class path, naming the Maven artifact to add
   *     and the backends that are there; or if its engine does not start
   */
  public static Backend get(String name) {
    return provider(name).create();
  }

  /**
   * Starts {@code onnx} if it is on the class path, else the only backend there.
   *
   * @throws ConfigurationException if there is none, or several and {@code onnx} is not among them
   */
  public static Backend preferred() {
    return preferredProvider().create();
  }

  /** The names of the backends on the class path, sorted. */
  public static List<String> available() {
    return List.copyOf(found().keySet());
  }

  /**
   * What {@link #get} starts.
   *
   * @throws ConfigurationException if it is not on the class path
   */
  public static BackendProvider provider(String name) {
    NavigableMap<String, BackendProvider> found = found();
    if (!found.containsKey(name)) {
      throw PUBLISHED.contains(name) ? missing(name, found) : unknown(name, found);
    }
    return found.get(name);
  }

  /**
   * What {@link #preferred} starts.
   *
   * @throws ConfigurationException if there is none, or several and {@code onnx} is not among them
   */
  public static BackendProvider preferredProvider() {
    NavigableMap<String, BackendProvider> found = found();
    if (found.isEmpty()) {
      throw missing(PREFERRED, found);
    }
    if (found.size() > 1 && !found.containsKey(PREFERRED)) {
      throw new ConfigurationException(
          "there are several backends on the class path, choose one: " + names(found));
    }
    return found.getOrDefault(PREFERRED, found.firstEntry().getValue());
  }

  /** What is on the class path, in the order of the names. */
  public static List<BackendProvider> providers() {
    return List.copyOf(found().values());
  }

  private static NavigableMap<String, BackendProvider> found() {
    NavigableMap<String, BackendProvider> result = new TreeMap<>();
    // Not the thread's loader: where it is the application's, threads of pools do not have it.
    ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader())
        .forEach(provider -> put(provider, result));
    return result;
  }

  private static void put(BackendProvider provider, NavigableMap<String, BackendProvider> result) {
    BackendProvider other = result.put(provider.name(), provider);
    if (other != null) {
      throw new ConfigurationException(
          "there are two backends named '%s' on the class path: %s and %s"
              .formatted(
                  provider.name(), other.getClass().getName(), provider.getClass().getName()));
    }
  }

  private static ConfigurationException missing(
      String name, NavigableMap<String, BackendProvider> found) {
    return new ConfigurationException(
        "backend '%s' is not on the class path; add %s to the dependencies. Found: %s"
            .formatted(name, artifact(name), names(found)));
  }

  private static ConfigurationException unknown(
      String name, NavigableMap<String, BackendProvider> found) {
    return new ConfigurationException(
        "there is no backend '%s'. Found: %s. Published: %s"
            .formatted(
                name,
                names(found),
                PUBLISHED.stream().map(Backends::artifact).collect(Collectors.joining(", "))));
  }

  private static String artifact(String name) {
    return "dev.trifocal:trifocal-backend-" + name;
  }

  private static String names(NavigableMap<String, BackendProvider> found) {
    return found.isEmpty() ? "none" : String.join(", ", found.keySet());
  }
}
