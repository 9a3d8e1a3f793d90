package dev.trifocal.train;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** Builds an objective behind its network. */
final class LossGraphBuilder {
  private final Graph network;
  private final GraphBuilder builder;
  private final String scope;
  private final List<LabelInput> labels = new ArrayList<>();

  /**
   * @param scope path prefix of all nodes of the objective
   */
  LossGraphBuilder(Graph network, GraphBuilder builder, String scope) {
    this.network = network;
    this.builder = builder;
    this.scope = scope;
  }

  Value output(String name) {
    return builder.value(network.output(name).path()).within(scope);
  }

  Value label(String output, String label, LabelEncoding encoding) {
    Shape shape = network.output(output).shape();
    for (LabelInput known : labels) {
      if (known.label().equals(label)
          && known.output().equals(shape)
          && known.encoding().equals(encoding)) {
        return builder.value(known.path()).within(scope);
      }
    }
    String prefix = label.equals(output) ? scope : scope + "." + label;
    String path = free(prefix + "." + encoding.name());
    Value value = builder.input(path, encoding.shape(shape));
    labels.add(new LabelInput(path, label, shape, encoding));
    return value.within(scope);
  }

  List<LabelInput> labels() {
    return labels;
  }

  private String free(String path) {
    String result = path;
    for (int count = 2; builder.has(result); count++) {
      result = path + "_" + count;
    }
    return result;
  }
}
