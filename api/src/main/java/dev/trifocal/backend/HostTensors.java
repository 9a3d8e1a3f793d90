package dev.trifocal.backend;

import dev.trifocal.graph.Node;
import dev.trifocal.train.LabelInput;
import dev.trifocal.train.LossGraph;
import java.util.stream.Stream;

/** The tensors that each step makes on the host, and does not keep. */
public final class HostTensors {
  private HostTensors() {}

  /**
   * Returns the size of encoded labels, dropout masks and results in bytes.
   *
   * @param batch samples per step
   */
  public static long bytes(LossGraph loss, int batch) {
    Stream<String> labels = loss.labels().stream().map(LabelInput::path);
    Stream<String> results = loss.network().outputs().values().stream();
    Stream<String> masks =
        loss.network().nodes().stream()
            .filter(node -> node.layer().kind().equals("Dropout") && !node.frozen())
            .map(Node::path);
    return Stream.of(labels, results, masks)
        .flatMap(paths -> paths)
        .mapToLong(path -> loss.graph().node(path).batchShape(batch).elements() * Float.BYTES)
        .sum();
  }
}
