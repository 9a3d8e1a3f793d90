package dev.trifocal.apps.onnx.mutation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.apps.mutation.RandomChoices;
import java.util.ArrayList;
import java.util.List;

/** Changes of one node, or of the order of nodes, that leave the file readable. */
enum NodeMutation {
  DROP((graph, at, dice) -> graph.removeNode(at)),
  DUPLICATE((graph, at, dice) -> graph.addNode(graph.getNode(at))),
  /** Everyone who reads the node's first output then reads what the node makes of it again. */
  REPEAT(
      (graph, at, dice) -> {
        NodeProto node = graph.getNode(at);
        if (node.getInputCount() > 0 && node.getOutputCount() > 0) {
          String between = node.getOutput(0) + "/again";
          graph.setNode(at, node.toBuilder().setOutput(0, between));
          graph.addNode(node.toBuilder().setInput(0, between));
        }
      }),
  SWAP_NODES(
      (graph, at, dice) -> {
        int place = dice.below(graph.getNodeCount());
        NodeProto other = graph.getNode(place);
        graph.setNode(place, graph.getNode(at)).setNode(at, other);
      }),
  SWAP_OUTPUTS(
      (graph, at, dice) -> {
        NodeProto.Builder node = graph.getNodeBuilder(at);
        NodeProto.Builder other = graph.getNodeBuilder(dice.below(graph.getNodeCount()));
        if (node.getOutputCount() > 0 && other.getOutputCount() > 0) {
          String name = node.getOutput(0);
          node.setOutput(0, other.getOutput(0));
          other.setOutput(0, name);
        }
      }),
  ANOTHER_OPERATOR(
      (graph, at, dice) ->
          graph.setNode(
              at, graph.getNode(at).toBuilder().setOpType(dice.of(ReplacementNames.operators())))),
  ANOTHER_DOMAIN(
      (graph, at, dice) ->
          graph.setNode(
              at, graph.getNode(at).toBuilder().setDomain(dice.of(ReplacementNames.DOMAINS)))),
  ANOTHER_INPUT(
      (graph, at, dice) -> {
        NodeProto.Builder node = graph.getNode(at).toBuilder();
        if (node.getInputCount() > 0) {
          node.setInput(dice.below(node.getInputCount()), ReplacementNames.value(graph, dice));
        }
        graph.setNode(at, node);
      }),
  MORE_INPUTS(
      (graph, at, dice) ->
          graph.setNode(
              at,
              graph.getNode(at).toBuilder()
                  .addInput(ReplacementNames.value(graph, dice))
                  .addInput(ReplacementNames.value(graph, dice)))),
  FEWER_INPUTS(
      (graph, at, dice) -> {
        List<String> inputs = new ArrayList<>(graph.getNode(at).getInputList());
        if (!inputs.isEmpty()) {
          inputs.remove(dice.below(inputs.size()));
        }
        graph.setNode(at, graph.getNode(at).toBuilder().clearInput().addAllInput(inputs));
      }),
  NO_INPUTS((graph, at, dice) -> graph.setNode(at, graph.getNode(at).toBuilder().clearInput())),
  MORE_OUTPUTS(
      (graph, at, dice) ->
          graph.setNode(
              at, graph.getNode(at).toBuilder().addOutput("more" + dice.below(3)).addOutput(""))),
  ANOTHER_OUTPUT(
      (graph, at, dice) ->
          graph.setNode(
              at, graph.getNode(at).toBuilder().setOutput(0, ReplacementNames.value(graph, dice)))),
  ANOTHER_NAME(
      (graph, at, dice) ->
          graph.setNode(
              at, graph.getNode(at).toBuilder().setName(dice.of(ReplacementNames.NAMES)))),
  NUMBERS_OF_ATTRIBUTES(
      (graph, at, dice) -> {
        NodeProto.Builder node = graph.getNode(at).toBuilder();
        for (int i = 0; i < node.getAttributeCount(); i++) {
          node.setAttribute(i, changed(node.getAttribute(i), dice));
        }
        graph.setNode(at, node);
      }),
  FEWER_ATTRIBUTES(
      (graph, at, dice) -> {
        NodeProto.Builder node = graph.getNode(at).toBuilder();
        if (node.getAttributeCount() > 0) {
          node.removeAttribute(dice.below(node.getAttributeCount()));
        }
        graph.setNode(at, node);
      }),
  MORE_ATTRIBUTES(
      (graph, at, dice) -> {
        AttributeProto.Builder more =
            AttributeProto.newBuilder().setName(dice.of(ReplacementNames.ATTRIBUTES));
        if (dice.below(2) == 0) {
          more.setType(AttributeProto.AttributeType.INT).setI(dice.number());
        } else {
          more.setType(AttributeProto.AttributeType.INTS);
          for (int i = dice.below(5); i > 0; i--) {
            more.addInts(dice.number());
          }
        }
        graph.setNode(at, graph.getNode(at).toBuilder().addAttribute(0, more));
      });

  /** What is done at one node. */
  @FunctionalInterface
  interface Change {
    void at(GraphProto.Builder graph, int node, RandomChoices dice);
  }

  private final Change change;

  NodeMutation(Change change) {
    this.change = change;
  }

  void apply(GraphProto.Builder graph, RandomChoices dice) {
    if (graph.getNodeCount() > 0) {
      change.at(graph, dice.below(graph.getNodeCount()), dice);
    }
  }

  private static AttributeProto changed(AttributeProto attribute, RandomChoices dice) {
    AttributeProto.Builder result = attribute.toBuilder();
    switch (dice.below(4)) {
      case 0 -> result.setI(dice.number()).setF(Float.intBitsToFloat((int) dice.bits()));
      case 1 -> {
        if (result.getIntsCount() > 0) {
          result.setInts(dice.below(result.getIntsCount()), dice.number());
        }
      }
      case 2 -> result.addInts(dice.number());
      default ->
          result
              .setType(dice.of(List.of(AttributeProto.AttributeType.values())))
              .setT(TensorProto.newBuilder().addDims(dice.number()).setDataType(dice.below(24)));
    }
    return result.build();
  }
}
