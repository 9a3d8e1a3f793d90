package dev.trifocal.apps.model;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a model as an ONNX file that remembers its classes and how pictures are prepared. */
public record OnnxModelWriter(LoadedModel model) {
  /**
   * @throws dev.trifocal.error.DataException if the names of the classes are too many or too few
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  public void write(Path file) {
    write(file, model.graph(), model.preprocessing());
  }

  /**
   * With the preprocessing as first layers: the file takes pixels from 0 to 255, red first.
   *
   * @throws ConfigurationException if the preprocessing is not known
   * @throws dev.trifocal.error.DataException if the names of the classes are too many or too few
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  public void writeForPixels(Path file) {
    Preprocessing preprocessing =
        model
            .preprocessing()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        model.name()
                            + " does not say how its pictures are prepared; say it for --pixels,"
                            + " such as --preprocessing torchvision"));
    write(
        file,
        PreprocessingLayers.inFront(model.graph(), preprocessing),
        Optional.of(PreprocessingLayers.remaining(preprocessing)));
  }

  private void write(Path file, Graph graph, Optional<Preprocessing> preprocessing) {
    ModelMetadata metadata =
        ModelMetadata.of(
            model.sample().orElse(Shape.of()),
            preprocessing,
            model.classes(),
            ModelProvenance.of(model));
    metadata.requireNames(model.name(), graph);
    OnnxExporter.write(file, graph, model.state().checkpoint().weights(), metadata);
  }
}
