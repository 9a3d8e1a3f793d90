package dev.trifocal.train;

import dev.trifocal.graph.Drawing;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** One objective while it is drawn behind its network. */
final class LossDrawing {
  private final Graph network;
  private final Drawing drawing;
  private final String scope;
  private final List<LabelInput> labels = new ArrayList<>();

  /**
   * @param scope path below which everything is drawn
   */
  LossDrawing(Graph network, Drawing drawing, String scope) {
    this.network = network;
    this.drawing = drawing;
    this.scope = scope;
  }

  Value output(String name) {
    return drawing.value(network.output(name).path()).within(scope);
  }

  Value label(String output, String label, LabelEncoding encoding) {
    Shape shape = network.output(output).shape();
    for (LabelInput known : labels) {
      if (known.label().equals(label)
          && known.output().equals(shape)
          && known.encoding().equals(encoding)) {
        return drawing.value(known.path()).within(scope);
      }
    }
    String prefix = label.equals(output) ? scope : scope + "." + label;
    String path = free(prefix + "." + encoding.name());
    Value value = drawing.input(path, encoding.shape(shape));
    labels.add(new LabelInput(path, label, shape, encoding));
    return value.within(scope);
  }

  List<LabelInput> labels() {
    return labels;
  }

  private String free(String path) {
    String result = path;
    for (int count = 2; drawing.has(result); count++) {
      result = path + "_" + count;
    }
    return result;
  }
}
