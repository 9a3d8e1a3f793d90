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

/** Which tensor of a batch goes to which input, objective or metric of a graph. */
public final class BatchBinding {
  private BatchBinding() {}

  /**
   * The inputs of a batch by the paths of the graph's inputs. The only input of a batch goes to the
   * only input of a graph whatever their names; several must have the graph's names.
   *
   * @throws DataException listing both sides if they do not match
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
   * The labels that the objectives read, by name.
   *
   * @throws DataException as {@link #label} does
   */
  static Map<String, Tensor> labels(LossGraph loss, Batch batch) {
    Map<String, Tensor> labels = new LinkedHashMap<>();
    loss.labels().forEach(input -> labels.put(input.label(), label(batch, input.label())));
    return labels;
  }

  /**
   * The label that an output is held against: the only one of the batch whatever its name, else the
   * one of the output's name.
   *
   * @throws DataException listing the labels if there is none of that name
   */
  static Tensor label(Batch batch, String output) {
    if (batch.labels().size() == 1) {
      return batch.label();
    }
    Tensor label = batch.labels().get(output);
    if (label == null) {
      throw new DataException(
          "output '%s' has no label: the data has the labels %s; with several, one must have the name of the output"
              .formatted(output, batch.labels().keySet()));
    }
    return label;
  }

  /** What to say where names of inputs do not match. */
  static Optional<String> mismatch(Graph graph, Set<String> given, String source) {
    Set<String> wanted = new TreeSet<>(graph.inputs().stream().map(Node::path).toList());
    boolean matches = wanted.equals(given) || wanted.size() == 1 && given.size() == 1;
    return matches
        ? Optional.empty()
        : Optional.of(
            "%s has the inputs %s, but %s has %s; name them alike"
                .formatted(graph.name(), wanted, source, new TreeSet<>(given)));
  }
}
