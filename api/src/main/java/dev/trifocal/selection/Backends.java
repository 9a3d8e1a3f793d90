package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.NavigableMap;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The backends on the class path: {@code Backends.get("onnx")}. */
public final class Backends {
  /** The default if no backend is selected. */
  private static final String PREFERRED = "onnx";

  /** Names of the backends whose artifacts are {@code dev.trifocal:trifocal-backend-<name>}. */
  private static final List<String> PUBLISHED = List.of(PREFERRED, "djl", "dl4j");

  private Backends() {}

  /**
   * Starts the backend of the given name.
   *
   * @param name {@code onnx}, {@code djl}, {@code dl4j} or the name of another backend on the class
   *     path
   * @throws ConfigurationException if the backend is not on the class path (the message names the
   *     Maven artifact to add and the backends found) or its engine does not start
   */
  public static Backend get(String name) {
    return provider(name).create();
  }

  /**
   * Starts {@code onnx} if it is on the class path, otherwise the only backend that is.
   *
   * @throws ConfigurationException if no backend is on the class path, or several are and {@code
   *     onnx} is not among them
   */
  public static Backend preferred() {
    return preferredProvider().create();
  }

  /**
   * Starts the backend that trains a graph fastest, by a trial of a few seconds on each. To
   * remember the choice, or to set device and threads, use {@link FastestBackend}.
   *
   * @param batchSize samples per step, at least 1
   * @throws ConfigurationException if no backend can train the graph; the message names each and
   *     its reason
   */
  public static Backend fastest(Graph graph, TrainingPlan plan, int batchSize) {
    return fastest(TrainingWorkload.of(graph, plan, batchSize));
  }

  /**
   * Starts the backend that runs a graph fastest, by a trial of a few seconds on each. To remember
   * the choice, or to set device and threads, use {@link FastestBackend}.
   *
   * @param batchSize samples per batch, at least 1
   * @throws ConfigurationException if no backend can run the graph; the message names each and its
   *     reason
   */
  public static Backend fastest(Graph graph, Weights weights, int batchSize) {
    return fastest(InferenceWorkload.of(graph, weights, batchSize));
  }

  private static Backend fastest(Workload workload) {
    return FastestBackend.onClassPath().of(workload).backend();
  }

  /** Returns the names of the backends on the class path, sorted. */
  public static List<String> available() {
    return List.copyOf(found().keySet());
  }

  /**
   * Returns the provider of the backend of the given name, without starting its engine.
   *
   * @throws ConfigurationException if the backend is not on the class path
   */
  public static BackendProvider provider(String name) {
    NavigableMap<String, BackendProvider> found = found();
    if (!found.containsKey(name)) {
      throw PUBLISHED.contains(name) ? missing(name, found) : unknown(name, found);
    }
    return found.get(name);
  }

  /**
   * Returns the provider of the backend that {@link #preferred} starts, without starting its
   * engine.
   *
   * @throws ConfigurationException if no backend is on the class path, or several are and {@code
   *     onnx} is not among them
   */
  public static BackendProvider preferredProvider() {
    NavigableMap<String, BackendProvider> found = found();
    if (found.isEmpty()) {
      throw missing(PREFERRED, found);
    }
    if (found.size() > 1 && !found.containsKey(PREFERRED)) {
      throw new ConfigurationException(
          "several backends are on the class path; choose one of " + names(found));
    }
    return found.getOrDefault(PREFERRED, found.firstEntry().getValue());
  }

  /** Returns the providers on the class path, sorted by name. */
  public static List<BackendProvider> providers() {
    return List.copyOf(found().values());
  }

  private static NavigableMap<String, BackendProvider> found() {
    NavigableMap<String, BackendProvider> result = new TreeMap<>();
    // Not the context class loader: pool threads may lack the application's.
    ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader())
        .forEach(provider -> put(provider, result));
    return result;
  }

  private static void put(BackendProvider provider, NavigableMap<String, BackendProvider> result) {
    BackendProvider other = result.put(provider.name(), provider);
    if (other != null) {
      throw new ConfigurationException(
          "two backends on the class path are named '%s': %s and %s; remove one"
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
