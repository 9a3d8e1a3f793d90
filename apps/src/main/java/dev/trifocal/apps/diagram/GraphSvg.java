package dev.trifocal.apps.diagram;

import dev.trifocal.apps.report.GraphBlocks;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.Locale;

/**
 * An SVG diagram of a graph: a column of boxes from the input down, side branches to its right, and
 * a tinted background behind each block.
 */
public final class GraphSvg {
  private static final int BOX_WIDTH = 260;
  private static final int BOX_HEIGHT = 34;
  private static final int LANE = 310;
  private static final int ROW = 56;
  private static final int MARGIN = 40;

  private final Graph graph;
  private final DiagramLayout diagramLayout;
  private final StringBuilder text = new StringBuilder();

  private GraphSvg(Graph graph) {
    this.graph = graph;
    this.diagramLayout = DiagramLayout.of(graph);
  }

  public static String of(Graph graph) {
    return new GraphSvg(graph).draw();
  }

  private String draw() {
    int width = 2 * MARGIN + (diagramLayout.laneCount() - 1) * LANE + BOX_WIDTH;
    int height = 2 * MARGIN + (diagramLayout.rowCount() - 1) * ROW + BOX_HEIGHT;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
            + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"11\">",
        width, height);
    add("<title>%s</title>", escaped(graph.name()));
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    GraphBlocks.of(graph).stream().filter(block -> block.nodes().size() > 1).forEach(this::ground);
    for (Node node : graph.nodes()) {
      node.inputs().forEach(input -> edge(input, node.path()));
    }
    graph.nodes().forEach(this::box);
    add("</svg>");
    return text.toString();
  }

  private void ground(GraphBlocks.Block block) {
    int left = block.nodes().stream().mapToInt(node -> x(node.path())).min().orElseThrow();
    int right = block.nodes().stream().mapToInt(node -> x(node.path())).max().orElseThrow();
    int top = block.nodes().stream().mapToInt(node -> y(node.path())).min().orElseThrow();
    int bottom = block.nodes().stream().mapToInt(node -> y(node.path())).max().orElseThrow();
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"6\" fill=\"#eef2f7\"/>",
        left - 24, top - 10, right - left + BOX_WIDTH + 48, bottom - top + BOX_HEIGHT + 20);
    add(
        "<text transform=\"translate(%s,%s) rotate(-90)\" text-anchor=\"end\""
            + " fill=\"#56708f\">%s</text>",
        left - 10, top - 2, escaped(block.path()));
  }

  private void box(Node node) {
    String fill =
        node.layer().isInput() ? "#fff7e0" : node.parameters().isEmpty() ? "white" : "#d9ead3";
    int x = x(node.path());
    int y = y(node.path());
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"4\" fill=\"%s\""
            + " stroke=\"#444\"/>",
        x, y, BOX_WIDTH, BOX_HEIGHT, fill);
    line(x, y + 14, "black", NodeLabel.name(node));
    line(x, y + 28, "#555", NodeLabel.size(node));
  }

  private void line(int x, int y, String colour, String words) {
    add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
        x + BOX_WIDTH / 2, y, colour, escaped(words));
  }

  /** Draws an edge: straight down, around the boxes of a lane, or across to another lane. */
  private void edge(String from, String to) {
    int startX = x(from) + BOX_WIDTH / 2;
    int startY = y(from) + BOX_HEIGHT;
    int endX = x(to) + BOX_WIDTH / 2;
    int endY = y(to);
    if (startX == endX && !diagramLayout.isClear(from, to)) {
      int side = x(from) + BOX_WIDTH;
      path(
          "M %s %s h 8 q 8 0 8 8 V %s q 0 8 -8 8 h -8"
              .formatted(side, startY - BOX_HEIGHT / 2, endY + BOX_HEIGHT / 2 - 8));
      return;
    }
    int turn = endY - (ROW - BOX_HEIGHT);
    path(
        "M %1$d %2$d V %3$d C %1$d %5$d %4$d %3$d %4$d %5$d"
            .formatted(startX, startY, turn, endX, endY));
  }

  private void path(String data) {
    add("<path d=\"%s\" fill=\"none\" stroke=\"#444\"/>", data);
  }

  private int x(String path) {
    return MARGIN + diagramLayout.lane(path) * LANE;
  }

  private int y(String path) {
    return MARGIN + diagramLayout.row(path) * ROW;
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
