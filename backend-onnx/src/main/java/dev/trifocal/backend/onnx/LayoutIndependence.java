package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Node;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Runs the rules of layers that compute the same in every layout on values in NCHWc: elementwise
 * layers, and concatenation of whole blocks of channels.
 *
 * @param values the values in the layout
 */
record LayoutIndependence(NchwcValues values) {

  /** Returns the output of an elementwise layer; it is in the layout if an input is. */
  String elementwise(NodeContext context, Function<NodeContext, String> lowering) {
    return output(context, this::hasOneShape, lowering);
  }

  /** Returns the output of a concatenation of channels, in the layout if an input is. */
  String concat(NodeContext context, Function<NodeContext, String> lowering) {
    return output(context, this::hasWholeBlocks, lowering);
  }

  /** Returns the gradients of an elementwise layer; they are in the layout if its output is. */
  LayerGradients elementwise(GradientContext site, Function<GradientContext, LayerGradients> rule) {
    return gradients(site, this::hasOneShape, rule);
  }

  /** Returns the gradients of a concatenation of channels, in the layout if its output is. */
  LayerGradients concat(GradientContext site, Function<GradientContext, LayerGradients> rule) {
    return gradients(site, this::hasWholeBlocks, rule);
  }

  private String output(
      NodeContext context, Predicate<Node> allowed, Function<NodeContext, String> lowering) {
    if (!allowed.test(context.node()) || context.inputs().stream().noneMatch(values::has)) {
      return lowering.apply(context);
    }
    return values.add(lowering.apply(blocked(context)), context.node().shape().size(0));
  }

  private LayerGradients gradients(
      GradientContext site,
      Predicate<Node> allowed,
      Function<GradientContext, LayerGradients> rule) {
    Node node = site.forward().node();
    if (!allowed.test(node) || !values.has(site.output())) {
      return rule.apply(site);
    }
    LayerGradients results =
        rule.apply(
            new GradientContext(
                blocked(site.forward()),
                values.blocked(site.output()),
                values.blocked(site.gradient()),
                site.wanted(),
                site.batched(),
                site.trained()));
    List<String> inputs = new ArrayList<>();
    for (int input = 0; input < results.inputs().size(); input++) {
      inputs.add(
          site.wanted().get(input)
              ? values.add(results.inputs().get(input), node.inputShapes().get(input).size(0))
              : LayerGradients.UNWANTED);
    }
    return new LayerGradients(inputs, results.parameters());
  }

  private NodeContext blocked(NodeContext context) {
    return new NodeContext(context.node(), context.inputs().stream().map(values::blocked).toList());
  }

  private boolean hasOneShape(Node node) {
    return fits(node, node.shape()) && node.inputShapes().stream().allMatch(node.shape()::equals);
  }

  private boolean hasWholeBlocks(Node node) {
    return fits(node, node.shape())
        && node.inputShapes().stream().allMatch(shape -> fits(node, shape));
  }

  private boolean fits(Node node, Shape shape) {
    return node.batched() && shape.rank() == 3 && values.fit(shape.size(0));
  }
}
