package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.backend.ElementwiseProgram;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.Set;

/**
 * A training step, or one half of it, as an ONNX model.
 *
 * <p>Inputs are those of the {@link dev.trifocal.train.LossGraph}, {@code mask/<path>} for each
 * dropout, {@code scalar/<name>} for each scalar of the optimizer, and the state: parameters under
 * their full names, slots as {@code <slot>/<parameter>}, and sums of gradients as {@code
 * sum/<parameter>}. Outputs are {@link #LOSS}, the network's outputs as {@code output/<name>}, and
 * each changed entry of the state as {@code next/<name>}. Parameters that are updated outside the
 * model have an output {@code gradient/<parameter>} instead.
 *
 * @param reads names and shapes of the state inputs
 * @param changes names of the state outputs
 * @param masks dropout layers whose masks are inputs, by path
 * @param updates how parameters are updated outside the model, by their names
 */
record TrainingModel(
    ModelProto model,
    Map<String, Shape> reads,
    Set<String> changes,
    Map<String, Dropout> masks,
    Map<String, ElementwiseProgram> updates) {
  static final String LOSS = "loss";

  /**
   * The input with the number of samples in the micro-batch, of the half that accumulates
   * gradients.
   */
  static final String SAMPLES = "samples";

  /**
   * The input with the reciprocal of the number of accumulated samples, of the half that updates.
   */
  static final String SHARE = "share";

  static String next(String state) {
    return "next/" + state;
  }

  static String output(String name) {
    return "output/" + name;
  }

  static String scalar(String name) {
    return "scalar/" + name;
  }

  static String slot(String slot, String parameter) {
    return slot + "/" + parameter;
  }

  static String gradient(String parameter) {
    return "gradient/" + parameter;
  }

  static String sum(String parameter) {
    return "sum/" + parameter;
  }
}
