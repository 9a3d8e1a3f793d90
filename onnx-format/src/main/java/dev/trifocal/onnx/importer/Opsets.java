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
 * The operator versions that a model uses.
 *
 * @param versions opset versions by domain; ONNX's own domain is empty
 * @param functions functions that the model defines, each as domain and name
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

  /** Returns the version of ONNX's own operators; 0 if the file does not declare it. */
  int own() {
    return versions.getOrDefault("", 0);
  }

  /** Returns the opset version of a node's domain; 0 if the file does not declare it. */
  int of(OnnxNode node) {
    return versions.getOrDefault(node.domain(), 0);
  }

  /** Returns why an unknown operator is not supported. */
  String unknown(OnnxNode node) {
    if (functions.contains(List.of(node.proto().getDomain(), node.operator()))) {
      return "the operator is a function of the model, but written for another opset than the model";
    }
    return node.domain().isEmpty()
        ? "Trifocal has no layer for this operator"
        : "operators of domain '%s' are not supported".formatted(node.domain());
  }

  Optional<String> obstacle(int first, int last) {
    if (!versions.containsKey("")) {
      return Optional.of("it does not declare its opset");
    }
    return own() < first || own() > last
        ? Optional.of("opset %d is not supported, only %d to %d".formatted(own(), first, last))
        : Optional.empty();
  }
}
