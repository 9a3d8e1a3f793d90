package dev.trifocal.vision;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a classifier beside the model itself; what is left empty the model says.
 *
 * @param backend the name of the engine that runs it; empty for {@link
 *     dev.trifocal.backend.Backends#preferred}
 * @param run device and threads
 * @param preprocessing what images go through; empty for what the model says
 * @param classes names in the order of their ids; empty for what the model says
 * @param input shape of one sample {@code [C, H, W]}, for an ONNX file that leaves it open
 * @param outputName the output that classifies; empty to let the model decide
 * @param scores the meaning of that output; empty to let the model decide
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
