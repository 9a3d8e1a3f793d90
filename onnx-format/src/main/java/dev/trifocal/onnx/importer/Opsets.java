package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which versions of operators a model is written in.
 *
 * @param versions by domain, ONNX's own being empty
 * @param functions that the model brings, each as domain and name
 */
record Opsets(Map<String, Integer> versions, Set<List<String>> functions) {
  static Opsets of(ModelProto model) {
    Map<String, Integer> result = new HashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String domain = set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
      result.put(domain, (int) Math.min(Integer.MAX_VALUE, Math.max(0, set.getVersion())));
    }
    Set<List<String>> functions = new HashSet<>();
    model.getFunctionsList().forEach(f -> functions.add(List.of(f.getDomain(), f.getName())));
    return new Opsets(result, functions);
  }

  /** Of ONNX's own operators; 0 if the file does not say. */
  int own() {
    return versions.getOrDefault("", 0);
  }

  /** The version of the operators of a node's domain; 0 if the file does not say. */
  int of(OnnxNode node) {
    return versions.getOrDefault(node.domain(), 0);
  }

  /** Why an operator cannot be read that no one here knows. */
  String unknown(OnnxNode node) {
    if (functions.contains(List.of(node.proto().getDomain(), node.operator()))) {
      return "the operator is a function of the model that is written for another opset than the model";
    }
    return node.domain().isEmpty()
        ? "Trifocal has no layer for this operator"
        : "the operator belongs to '%s' and not to ONNX".formatted(node.domain());
  }

  Optional<String> obstacle(int first, int last) {
    if (!versions.containsKey("")) {
      return Optional.of("it does not say of which opset it is");
    }
    return own() < first || own() > last
        ? Optional.of(
            "it is of opset %d, and Trifocal knows %d to %d".formatted(own(), first, last))
        : Optional.empty();
  }
}
