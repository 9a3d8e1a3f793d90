package dev.trifocal.trainer;

import dev.trifocal.data.Batch;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Assigns the tensors of a batch to the inputs, objectives and metrics of a graph. */
public final class BatchBinding {
  private BatchBinding() {}

  /**
   * Returns the inputs of a batch by the paths of the graph's inputs. A single input is assigned to
   * a single input of the graph, whatever their names; several must have the graph's names.
   *
   * @throws DataException if the names do not match; the message lists both sides
   */
  public static Map<String, Tensor> inputs(Graph graph, Batch batch) {
    List<Node> inputs = graph.inputs();
    if (inputs.size() == 1 && batch.inputs().size() == 1) {
      return Map.of(inputs.get(0).path(), batch.input());
    }
    mismatch(graph, batch.inputs().keySet(), "the batch")
        .ifPresent(
            problem -> {
              throw new DataException(problem);
            });
    return batch.inputs();
  }

  /**
   * Returns the labels that the objectives read, by name.
   *
   * @throws DataException if a label is missing
   */
  static Map<String, Tensor> labels(LossGraph loss, Batch batch) {
    Map<String, Tensor> labels = new LinkedHashMap<>();
    loss.labels().forEach(input -> labels.put(input.label(), label(batch, input.label())));
    return labels;
  }

  /**
   * Returns the label of an output: the only label of the batch, whatever its name, or else the one
   * with the output's name.
   *
   * @throws DataException if there is no such label; the message lists the labels
   */
  static Tensor label(Batch batch, String output) {
    if (batch.labels().size() == 1) {
      return batch.label();
    }
    Tensor label = batch.labels().get(output);
    if (label == null) {
      throw new DataException(
          "output '%s' has no label: the data has labels %s; if there are several, one must have the output's name"
              .formatted(output, batch.labels().keySet()));
    }
    return label;
  }

  /** Returns a message if the names of the inputs do not match. */
  static Optional<String> mismatch(Graph graph, Set<String> given, String source) {
    Set<String> wanted = new TreeSet<>(graph.inputs().stream().map(Node::path).toList());
    boolean matches = wanted.equals(given) || wanted.size() == 1 && given.size() == 1;
    return matches
        ? Optional.empty()
        : Optional.of(
            "%s has inputs %s, but %s has %s; use the same names"
                .formatted(graph.name(), wanted, source, new TreeSet<>(given)));
  }
}
