package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.Set;

/**
 * A training step, or one half of it, as one ONNX model.
 *
 * <p>Inputs: those of the {@link dev.trifocal.train.LossGraph}; per dropout {@code mask/<path>};
 * per scalar of the optimizer {@code scalar/<name>}; and the state: parameters under their names,
 * slots as {@code <slot>/<parameter>}, sums of gradients as {@code sum/<parameter>}. Outputs:
 * {@link #LOSS}, the network's outputs as {@code output/<name>}, and each piece of state that
 * changes as {@code next/<name>}.
 *
 * @param reads names and shapes of the state that is an input
 * @param changes names of the state that is an output
 * @param masks the dropouts to feed, by path
 */
record TrainingModel(
    ModelProto model, Map<String, Shape> reads, Set<String> changes, Map<String, Dropout> masks) {
  static final String LOSS = "loss";

  /** Number of samples of the micro-batch, an input of the half that sums gradients. */
  static final String SAMPLES = "samples";

  /** One over the number of samples summed, an input of the half that updates. */
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

  static String sum(String parameter) {
    return "sum/" + parameter;
  }
}
