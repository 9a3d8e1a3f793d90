package dev.trifocal.apps.onnx.mutation;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.trifocal.apps.mutation.ByteMutation;
import dev.trifocal.apps.mutation.RandomChoices;
import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file from which damaged ones are made.
 *
 * @param nodes the places of bytes that are no weights: nodes, as they stand in the file
 */
record MutationTarget(byte[] file, ModelProto model, List<Integer> nodes) {
  static MutationTarget of(byte[] file) throws InvalidProtocolBufferException {
    ModelProto model = ModelProto.parseFrom(file);
    List<Integer> places = new ArrayList<>();
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    int from = 0;
    for (NodeProto node : model.getGraph().getNodeList()) {
      ByteString bytes = node.toByteString();
      int at = text.indexOf(bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1), from);
      for (int i = 0; at >= 0 && i < bytes.size() + 2; i++) {
        places.add(Math.max(0, at - 2) + i);
      }
      from = Math.max(from, at);
    }
    return new MutationTarget(file, model, places);
  }

  /** The damaged file of a stream: one time in three as bytes, else within the format. */
  byte[] made(RandomStream stream) {
    RandomChoices dice = new RandomChoices(stream);
    if (dice.below(3) == 0) {
      return dice.of(List.of(ByteMutation.values())).of(file, this::place, dice);
    }
    ModelProto.Builder changed = model.toBuilder();
    for (int i = dice.below(3); i >= 0; i--) {
      if (dice.below(5) < 3) {
        dice.of(List.of(NodeMutation.values())).apply(changed.getGraphBuilder(), dice);
      } else {
        dice.of(List.of(ModelMutation.values())).apply(changed, dice);
      }
    }
    return changed.build().toByteArray();
  }

  private int place(RandomChoices dice) {
    return nodes.isEmpty() || dice.below(2) == 0 ? dice.below(file.length) : dice.of(nodes);
  }
}
