package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.layer.Dropout;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import java.util.Map;

/**
 * A whole training step as one ONNX model.
 *
 * <p>Inputs: the graph's inputs; per objective {@code target/<output>} and {@code scale/<output>};
 * per dropout {@code mask/<path>}; per scalar of the optimizer {@code scalar/<name>}; and the
 * state: parameters under their names, slots as {@code <slot>/<parameter>}. Outputs: {@link #LOSS},
 * the graph's outputs as {@code output/<name>}, and each piece of state as {@code next/<name>}.
 *
 * @param state names and shapes of all that a step changes: learned parameters, slots, running
 *     statistics
 * @param masks the dropouts to feed, by path
 */
record TrainingModel(ModelProto model, Map<String, Shape> state, Map<String, Dropout> masks) {
  static final String LOSS = "loss";

  /** Compiles a step; nothing is run. */
  static TrainingModel compile(TrainingPlan plan, Checkpoint checkpoint) {
    return new StepCompiler(plan, checkpoint).compile();
  }

  static String next(String state) {
    return "next/" + state;
  }

  static String output(String name) {
    return "output/" + name;
  }

  static String target(String output) {
    return "target/" + output;
  }

  static String scale(String output) {
    return "scale/" + output;
  }

  static String scalar(String name) {
    return "scalar/" + name;
  }

  static String slot(String slot, String parameter) {
    return slot + "/" + parameter;
  }
}
