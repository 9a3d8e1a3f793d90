package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.graph.GraphJson;
import dev.trifocal.version.TrifocalVersion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a remembered choice depends on.
 *
 * @param graph digest of the graph, with the loss in training
 * @param threads threads within one operation, with 0 resolved
 * @param engines name and version of each engine that starts
 * @param processor number of cores and model name
 */
record ChoiceKey(
    String graph,
    String job,
    int batchSize,
    String device,
    int threads,
    String precision,
    List<String> engines,
    String trifocal,
    String processor) {
  ChoiceKey {
    engines = List.copyOf(engines);
  }

  /** Returns the key; empty if the graph contains user-defined types that cannot be saved. */
  static Optional<ChoiceKey> of(Workload workload, Collection<Backend> backends, String processor) {
    try {
      return Optional.of(
          new ChoiceKey(
              DigestBuilder.sha256().add(GraphJson.write(workload.graph())).build().text(),
              workload.job(),
              workload.batchSize(),
              workload.options().device().toString(),
              workload.options().threadCount(),
              workload.options().precision().toString(),
              backends.stream().map(one -> one.name() + ": " + one.engine()).sorted().toList(),
              TrifocalVersion.text(),
              processor));
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }
}
