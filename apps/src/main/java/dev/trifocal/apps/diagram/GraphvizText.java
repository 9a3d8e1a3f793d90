package dev.trifocal.apps.diagram;

import dev.trifocal.apps.report.GraphBlocks;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;

/** A graph in Graphviz DOT format, for {@code dot -Tpdf net.dot}. */
public final class GraphvizText {
  private GraphvizText() {}

  public static String of(Graph graph) {
    StringBuilder text = new StringBuilder("digraph %s {\n".formatted(quoted(graph.name())));
    text.append("  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=10];\n");
    int cluster = 0;
    for (GraphBlocks.Block block : GraphBlocks.of(graph)) {
      if (block.nodes().size() == 1) {
        text.append("  ").append(node(block.last()));
      } else {
        text.append("  subgraph cluster_%s {\n".formatted(cluster++));
        text.append("    label=%s; fontsize=10; color=gray;\n".formatted(quoted(block.path())));
        block.nodes().forEach(node -> text.append("    ").append(node(node)));
        text.append("  }\n");
      }
    }
    for (Node node : graph.nodes()) {
      for (String input : node.inputs()) {
        text.append("  %s -> %s;\n".formatted(quoted(input), quoted(node.path())));
      }
    }
    return text.append("}\n").toString();
  }

  private static String node(Node node) {
    String label = quoted(NodeLabel.name(node) + "\n" + NodeLabel.size(node));
    return "%s [label=%s];\n".formatted(quoted(node.path()), label);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
