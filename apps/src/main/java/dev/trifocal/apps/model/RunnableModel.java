package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.Program;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.vision.ClassifierModel;
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

  /** Returns the names of inputs in the file that no output depends on. */
  default List<String> unusedInputs() {
    return List.of();
  }

  /** Returns the outputs; a path is an output's name in the program. */
  List<FileValue> outputs();

  /** Returns the shape of one sample of the first input; empty if a size is dynamic. */
  Optional<Shape> sample();

  /**
   * Returns the output that classifies; its name is that in the program.
   *
   * @throws dev.trifocal.error.ConfigurationException if the model leaves open which one it is
   */
  ScoreOutput scores(ScoreChoice choice);

  /** Returns the shape {@code [C, H, W]} of its images; empty if a size is open. */
  default Optional<Shape> image() {
    return sample().map(ClassifierModel::image);
  }

  /** Returns what a classifier of images needs to know of this model. */
  default ClassifierModel classifier(ScoreChoice choice) {
    return new ClassifierModel(
        name(), inputs(), sample(), preprocessing(), classes(), scores(choice));
  }

  /** Converts a tensor given for an input to the program's axis order and data type. */
  Tensor fitted(FileValue input, Tensor given);

  /**
   * Returns the model with the fastest backend in place of {@code auto}.
   *
   * @param batches number of batches to predict
   */
  RunnableModel backend(BackendChooser chooser, int batchSize, long batches);

  /** Compiles the model for the engine of its settings. */
  Program program(BackendRegistry backends);
}
