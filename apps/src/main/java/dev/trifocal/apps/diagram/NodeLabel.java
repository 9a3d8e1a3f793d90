package dev.trifocal.apps.diagram;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.graph.Node;

/** The two-line label of a node in a diagram. */
final class NodeLabel {
  private NodeLabel() {}

  static String name(Node node) {
    String kind = node.layer().kind();
    return node.path().equalsIgnoreCase(kind) ? kind : node.path() + " \u00b7 " + kind;
  }

  static String size(Node node) {
    long parameters =
        node.parameters().stream().mapToLong(parameter -> parameter.shape().elements()).sum();
    String shape = ShapeText.text(node.shape());
    return parameters == 0 ? shape : shape + " \u00b7 " + NumberText.count(parameters) + " weights";
  }
}
