package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendChooser;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An ONNX file that cannot be imported as a graph.
 *
 * @param name the model as the user named it
 * @param sample the shape of one sample of the first input in the file's axis order; empty if a
 *     size is dynamic
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
    return all().filter(input -> !unusedInputs().contains(input.name())).toList();
  }

  @Override
  public List<String> unusedInputs() {
    return reasons.facts().unread();
  }

  private Stream<FileValue> all() {
    return reasons.facts().inputs().stream().map(FileValue::byName);
  }

  @Override
  public List<FileValue> outputs() {
    return reasons.facts().outputs().stream().map(FileValue::byName).toList();
  }

  @Override
  public ScoreOutput scores(ScoreChoice choice) {
    return choice.of(name, reasons.facts().scores(), classes.size());
  }

  /** Returns the model with the default backend, as the others run graphs only. */
  @Override
  public RawOnnxModel backend(BackendChooser chooser, int batchSize, long batches) {
    return new RawOnnxModel(
        name, file, reasons, chooser.usual(settings), classes, preprocessing, sample);
  }

  /**
   * Compiles the file.
   *
   * @throws ConfigurationException if the engine only runs graphs; the message names everything
   *     that prevents the import
   */
  @Override
  public Program program(BackendRegistry backends) {
    Program program = runner(backends).open(file, settings.engine().options());
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    all()
        .filter(input -> unusedInputs().contains(input.name()))
        .forEach(input -> zeros.put(input.name(), Tensor.floats(input.smallest(), values -> {})));
    return zeros.isEmpty() ? program : new DefaultInputs(program, zeros);
  }

  /**
   * Returns the runner of the file.
   *
   * @throws ConfigurationException if the engine only runs graphs
   */
  ModelFileRunner runner(BackendRegistry backends) {
    String backend = settings.engine().backend();
    return backends
        .runner(backend)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s, and backend %s only runs graphs. ONNX Runtime can still run the file: --backend onnx"
                        .formatted(ImportProblems.all(name, reasons), backend)));
  }

  /** Returns the tensor unchanged: the runner converts types, and the axes are the file's own. */
  @Override
  public Tensor fitted(FileValue input, Tensor given) {
    return given;
  }
}
