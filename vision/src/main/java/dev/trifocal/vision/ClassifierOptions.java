package dev.trifocal.vision;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a classifier that override those of the model; empty ones are taken from the model.
 *
 * @param backend name of the engine that runs it; empty for {@link
 *     dev.trifocal.selection.Backends#preferred}
 * @param run device and threads
 * @param preprocessing preprocessing of the images; empty for that of the model
 * @param classes class names in the order of their ids; empty for those of the model
 * @param input shape of one sample {@code [C, H, W]}, for an ONNX file with open sizes
 * @param outputName name of the output that holds the scores; empty for the choice of the model
 * @param scores kind of scores in that output; empty for that of the model
 */
public record ClassifierOptions(
    Optional<String> backend,
    RunOptions run,
    Optional<Preprocessing> preprocessing,
    List<String> classes,
    Optional<Shape> input,
    Optional<String> outputName,
    Optional<ScoreKind> scores) {
  public static final ClassifierOptions DEFAULT =
      new ClassifierOptions(
          Optional.empty(),
          RunOptions.DEFAULT,
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public ClassifierOptions {
    classes = List.copyOf(classes);
  }

  public ClassifierOptions backend(String name) {
    return new ClassifierOptions(
        Optional.of(name), run, preprocessing, classes, input, outputName, scores);
  }

  public ClassifierOptions run(RunOptions other) {
    return new ClassifierOptions(backend, other, preprocessing, classes, input, outputName, scores);
  }

  public ClassifierOptions preprocessing(Preprocessing other) {
    return new ClassifierOptions(
        backend, run, Optional.of(other), classes, input, outputName, scores);
  }

  public ClassifierOptions classes(List<String> names) {
    return new ClassifierOptions(backend, run, preprocessing, names, input, outputName, scores);
  }

  public ClassifierOptions input(Shape sample) {
    return new ClassifierOptions(
        backend, run, preprocessing, classes, Optional.of(sample), outputName, scores);
  }

  public ClassifierOptions outputName(String name) {
    return new ClassifierOptions(
        backend, run, preprocessing, classes, input, Optional.of(name), scores);
  }

  public ClassifierOptions scores(ScoreKind kind) {
    return new ClassifierOptions(
        backend, run, preprocessing, classes, input, outputName, Optional.of(kind));
  }
}
