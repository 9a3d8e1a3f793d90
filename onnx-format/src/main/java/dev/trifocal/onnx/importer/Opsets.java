package dev.trifocal.onnx.importer;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions of operators a model is written in.
 *
 * @param versions by domain, ONNX's own being empty
 */
record Opsets(Map<String, Integer> versions) {
  static Opsets of(ModelProto model) {
    Map<String, Integer> result = new HashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String domain = set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
      result.put(domain, (int) Math.min(Integer.MAX_VALUE, Math.max(0, set.getVersion())));
    }
    return new Opsets(result);
  }

  /** Of ONNX's own operators; 0 if the file does not say. */
  int own() {
    return versions.getOrDefault("", 0);
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
