package dev.trifocal.apps.model;

import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A model as the user names it, and what is said beside.
 *
 * @param name a run directory, an ONNX file or a name of the zoo
 * @param config settings, for what is no run
 * @param flags laid over the settings
 * @param input shape of one sample, for an ONNX file
 * @param ifOpen the same, for one that leaves it open
 * @param classes a file with a name on each line
 * @param scores which output classifies
 */
public record ModelRequest(
    String name,
    Optional<Path> config,
    Map<String, String> flags,
    Optional<Shape> input,
    Optional<Shape> ifOpen,
    Optional<Path> classes,
    PreprocessingSettings images,
    ScoreChoice scores) {
  public ModelRequest {
    flags = Map.copyOf(flags);
  }

  public static ModelRequest of(String name, Optional<Path> config, Map<String, String> flags) {
    return new ModelRequest(
        name,
        config,
        flags,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        PreprocessingSettings.NONE,
        ScoreChoice.NONE);
  }

  public ModelRequest input(Optional<Shape> shape) {
    return new ModelRequest(name, config, flags, shape, ifOpen, classes, images, scores);
  }

  public ModelRequest ifOpen(Shape shape) {
    return new ModelRequest(
        name, config, flags, input, Optional.of(shape), classes, images, scores);
  }

  public ModelRequest classes(Optional<Path> file) {
    return new ModelRequest(name, config, flags, input, ifOpen, file, images, scores);
  }

  public ModelRequest images(PreprocessingSettings choice) {
    return new ModelRequest(name, config, flags, input, ifOpen, classes, choice, scores);
  }

  public ModelRequest scores(ScoreChoice choice) {
    return new ModelRequest(name, config, flags, input, ifOpen, classes, images, choice);
  }
}
