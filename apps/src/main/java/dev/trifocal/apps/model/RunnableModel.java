package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.Program;
import dev.trifocal.config.Settings;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** A model that can run: a graph with weights, or an ONNX file that only ONNX Runtime can run. */
public sealed interface RunnableModel permits LoadedModel, RawOnnxModel {
  /** Returns the model as the user named it. */
  String name();

  Settings settings();

  /** Returns the class names in the order of the class ids; empty if unknown. */
  List<String> classes();

  /** Returns the image preprocessing; empty if unknown. */
  Optional<Preprocessing> preprocessing();

  /** Returns the inputs; a path is an input's name in the program. */
  List<FileValue> inputs();

  /** Returns the outputs; a path is an output's name in the program. */
  List<FileValue> outputs();

  /** Returns the shape of one sample of the first input; empty if a size is dynamic. */
  Optional<Shape> sample();

  /**
   * Returns whether a classifier's first output holds logits or probabilities; empty if unknown.
   */
  Optional<ScoreKind> scores();

  /** Converts a tensor given for an input to the program's axis order and data type. */
  Tensor fitted(FileValue input, Tensor given);

  /** Compiles the model for the engine of its settings. */
  Program program(BackendRegistry backends);
}
