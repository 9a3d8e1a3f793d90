package dev.trifocal.apps.onnx.mutation;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.trifocal.apps.mutation.RandomChoices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Changes of a model's tensors, inputs, outputs and versions that leave the file readable. */
enum ModelMutation {
  OPSET(
      (model, dice) -> {
        if (dice.below(4) == 0) {
          model.clearOpsetImport();
        } else {
          model.addOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(version(dice)));
        }
      }),
  IR_VERSION((model, dice) -> model.setIrVersion(dice.number())),
  SHUFFLE(
      (model, dice) -> {
        List<Integer> order = new ArrayList<>();
        GraphProto.Builder graph = model.getGraphBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
          order.add(i, i);
          Collections.swap(order, i, dice.below(i + 1));
        }
        GraphProto before = graph.build();
        graph.clearNode();
        order.forEach(i -> graph.addNode(before.getNode(i)));
      }),
  SIZES_OF_TENSOR(
      (model, dice) ->
          tensor(
              model,
              dice,
              tensor -> {
                if (tensor.getDimsCount() == 0 || dice.below(4) == 0) {
                  tensor.addDims(dice.number());
                } else {
                  tensor.setDims(dice.below(tensor.getDimsCount()), dice.number());
                }
              })),
  TYPE_OF_TENSOR(
      (model, dice) -> tensor(model, dice, tensor -> tensor.setDataType(dice.below(26)))),
  SHORTER_TENSOR(
      (model, dice) ->
          tensor(
              model,
              dice,
              tensor -> {
                int size = tensor.getRawData().size();
                tensor.setRawData(
                    tensor.getRawData().substring(0, size == 0 ? 0 : dice.below(size)));
              })),
  /** Shapes, axes and indices are such tensors. */
  NUMBERS_OF_TENSOR(
      (model, dice) ->
          tensor(
              model,
              dice,
              tensor -> {
                if (tensor.getDataType() == TensorProto.DataType.INT64_VALUE) {
                  byte[] bytes = tensor.getRawData().toByteArray();
                  if (bytes.length >= 8) {
                    java.nio.ByteBuffer.wrap(bytes)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .putLong(8 * dice.below(bytes.length / 8), dice.number());
                  }
                  tensor.setRawData(ByteString.copyFrom(bytes));
                }
              })),
  NAME_OF_TENSOR(
      (model, dice) ->
          tensor(
              model,
              dice,
              tensor -> tensor.setName(ReplacementNames.value(model.getGraphBuilder(), dice)))),
  EXTERNAL_TENSOR(
      (model, dice) ->
          tensor(
              model,
              dice,
              tensor -> {
                tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
                tensor
                    .addExternalDataBuilder()
                    .setKey("location")
                    .setValue(dice.of(ReplacementNames.PLACES));
                tensor
                    .addExternalDataBuilder()
                    .setKey("offset")
                    .setValue(String.valueOf(dice.number()));
              })),
  SIZES_OF_INPUT(
      (model, dice) -> {
        GraphProto.Builder graph = model.getGraphBuilder();
        if (graph.getInputCount() > 0) {
          ValueInfoProto.Builder input = graph.getInputBuilder(0);
          TensorShapeProto.Builder shape =
              input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
          if (shape.getDimCount() == 0 || dice.below(4) == 0) {
            shape.addDimBuilder().setDimValue(dice.number());
          } else {
            shape.getDimBuilder(dice.below(shape.getDimCount())).setDimValue(dice.number());
          }
        }
      }),
  TYPE_OF_INPUT(
      (model, dice) -> {
        GraphProto.Builder graph = model.getGraphBuilder();
        if (graph.getInputCount() > 0) {
          TypeProto.Builder type = graph.getInputBuilder(0).getTypeBuilder();
          switch (dice.below(4)) {
            case 0 -> type.clearTensorType();
            case 1 -> type.getSequenceTypeBuilder();
            case 2 -> type.getTensorTypeBuilder().clearShape();
            default -> type.getTensorTypeBuilder().setElemType(dice.below(26));
          }
        }
      }),
  INPUTS(
      (model, dice) -> {
        GraphProto.Builder graph = model.getGraphBuilder();
        if (graph.getInputCount() == 0 || dice.below(2) == 0) {
          graph.addInput(
              ValueInfoProto.newBuilder().setName(ReplacementNames.value(graph, dice)).build());
        } else {
          graph.removeInput(dice.below(graph.getInputCount()));
        }
      }),
  OUTPUTS(
      (model, dice) -> {
        GraphProto.Builder graph = model.getGraphBuilder();
        if (dice.below(4) == 0) {
          graph.clearOutput();
        }
        for (int i = dice.below(3); i >= 0; i--) {
          graph.addOutput(ValueInfoProto.newBuilder().setName(ReplacementNames.value(graph, dice)));
        }
      });

  /** What is done to a model. */
  @FunctionalInterface
  interface Change {
    void in(ModelProto.Builder model, RandomChoices dice);
  }

  private final Change change;

  ModelMutation(Change change) {
    this.change = change;
  }

  void apply(ModelProto.Builder model, RandomChoices dice) {
    change.in(model, dice);
  }

  private static long version(RandomChoices dice) {
    return dice.below(2) == 0 ? dice.below(26) : dice.number();
  }

  private static void tensor(
      ModelProto.Builder model,
      RandomChoices dice,
      java.util.function.Consumer<TensorProto.Builder> change) {
    GraphProto.Builder graph = model.getGraphBuilder();
    List<TensorProto.Builder> all = new ArrayList<>(graph.getInitializerBuilderList());
    graph.getNodeBuilderList().stream()
        .flatMap(node -> node.getAttributeBuilderList().stream())
        .filter(attribute -> attribute.hasT())
        .forEach(attribute -> all.add(attribute.getTBuilder()));
    if (!all.isEmpty()) {
      change.accept(dice.of(all));
    }
  }
}
