package dev.trifocal.backend.onnx;

import java.util.List;
import java.util.Map;

/**
 * The result of a gradient rule.
 *
 * @param inputs one value per input, empty if its gradient is not needed; empty list if none is
 *     needed
 * @param parameters gradients by full name
 */
record LayerGradients(List<String> inputs, Map<String, String> parameters) {
  static final String UNWANTED = "";
  static final LayerGradients NONE = new LayerGradients(List.of(), Map.of());

  static LayerGradients ofInput(String gradient) {
    return new LayerGradients(List.of(gradient), Map.of());
  }
}
