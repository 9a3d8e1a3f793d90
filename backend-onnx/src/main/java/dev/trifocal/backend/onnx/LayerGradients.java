package dev.trifocal.backend.onnx;

import java.util.List;
import java.util.Map;

/**
 * What a gradient rule gives.
 *
 * @param inputs one value per input, empty where it is not wanted; or no elements at all if none is
 * @param parameters by full name
 */
record LayerGradients(List<String> inputs, Map<String, String> parameters) {
  static final String UNWANTED = "";
  static final LayerGradients NONE = new LayerGradients(List.of(), Map.of());

  static LayerGradients ofInput(String gradient) {
    return new LayerGradients(List.of(gradient), Map.of());
  }
}
