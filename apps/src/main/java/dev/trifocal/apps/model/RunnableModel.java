package dev.trifocal.apps.model;

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

/** A model that can run: a graph with weights, or a file that only its own runtime takes. */
public sealed interface RunnableModel permits LoadedModel, RawOnnxModel {
  /** As it was given. */
  String name();

  Settings settings();

  /** Names in the order of the class numbers; empty if they are not known. */
  List<String> classes();

  /** What its pictures go through; empty if nobody says. */
  Optional<Preprocessing> preprocessing();

  /** What it reads; the path is the name in the program. */
  List<FileValue> inputs();

  /** What it makes; the path is the name in the program. */
  List<FileValue> outputs();

  /** One sample of the first input as the program reads it; empty if a size is open. */
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

  /** What is given for an input as the program takes it: its axes in order, its type settled. */
  Tensor fitted(FileValue input, Tensor given);

  /** Ready to run on the engine of its settings. */
  Program program(BackendRegistry backends);
}
