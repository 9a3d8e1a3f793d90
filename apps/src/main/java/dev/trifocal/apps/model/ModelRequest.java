package dev.trifocal.apps.model;

import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A model as the user names it, with the options that go with it.
 *
 * @param name a run directory, an ONNX file or a zoo model
 * @param config the settings file, for models that are not runs
 * @param flags the options that override the settings, by setting name
 * @param input the shape of one sample
 * @param ifOpen the shape of one sample, used only if the model's sizes are dynamic
 * @param samples like {@code ifOpen}, for inputs by name
 * @param classes a file with one class name per line
 * @param scores the output that classifies
 */
public record ModelRequest(
    String name,
    Optional<Path> config,
    Map<String, String> flags,
    Optional<Shape> input,
    Optional<Shape> ifOpen,
    Map<String, Shape> samples,
    Optional<Path> classes,
    PreprocessingSettings images,
    ScoreChoice scores) {
  public ModelRequest {
    flags = Map.copyOf(flags);
    samples = Map.copyOf(samples);
  }

  public static ModelRequest of(String name, Optional<Path> config, Map<String, String> flags) {
    return new ModelRequest(
        name,
        config,
        flags,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        PreprocessingSettings.NONE,
        ScoreChoice.NONE);
  }

  public ModelRequest input(Optional<Shape> shape) {
    return new ModelRequest(name, config, flags, shape, ifOpen, samples, classes, images, scores);
  }

  public ModelRequest ifOpen(Shape shape) {
    return new ModelRequest(
        name, config, flags, input, Optional.of(shape), samples, classes, images, scores);
  }

  /** Returns this request with the shapes of one sample of each input, by name. */
  public ModelRequest samples(Map<String, Shape> shapes) {
    return new ModelRequest(name, config, flags, input, ifOpen, shapes, classes, images, scores);
  }

  public ModelRequest classes(Optional<Path> file) {
    return new ModelRequest(name, config, flags, input, ifOpen, samples, file, images, scores);
  }

  public ModelRequest images(PreprocessingSettings choice) {
    return new ModelRequest(name, config, flags, input, ifOpen, samples, classes, choice, scores);
  }

  public ModelRequest scores(ScoreChoice choice) {
    return new ModelRequest(name, config, flags, input, ifOpen, samples, classes, images, choice);
  }
}
