package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.backend.Program;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of which no graph can be made.
 *
 * @param name as it was given
 * @param sample one sample of the first input as the file has its axes; empty if a size is open
 */
public record RawOnnxModel(
    String name,
    Path file,
    ImportFailure reasons,
    Settings settings,
    List<String> classes,
    Optional<Preprocessing> preprocessing,
    Optional<Shape> sample)
    implements RunnableModel {

  @Override
  public List<FileValue> inputs() {
    return reasons.facts().inputs().stream().map(FileValue::byName).toList();
  }

  @Override
  public List<FileValue> outputs() {
    return reasons.facts().outputs().stream().map(FileValue::byName).toList();
  }

  @Override
  public ScoreOutput scores(ScoreChoice choice) {
    return choice.of(name, reasons.facts().scores(), classes.size());
  }

  /**
   * @throws ConfigurationException if the engine takes graphs only; it names all that stands in the
   *     way
   */
  @Override
  public Program program(BackendRegistry backends) {
    return runner(backends).open(file, settings.engine().options());
  }

  /**
   * What runs it.
   *
   * @throws ConfigurationException as {@link #program} does
   */
  ModelFileRunner runner(BackendRegistry backends) {
    String backend = settings.engine().backend();
    return backends
        .runner(backend)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s, and backend %s runs graphs only. It can still run: --backend onnx"
                        .formatted(ImportProblems.all(name, reasons), backend)));
  }

  /** The runner settles types, and the file has its own axes. */
  @Override
  public Tensor fitted(FileValue input, Tensor given) {
    return given;
  }
}
