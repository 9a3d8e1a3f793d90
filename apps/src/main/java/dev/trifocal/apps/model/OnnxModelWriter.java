package dev.trifocal.apps.model;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a model as an ONNX file whose metadata holds its class names and preprocessing. */
public record OnnxModelWriter(LoadedModel model) {
  /**
   * Writes the model.
   *
   * @throws dev.trifocal.error.DataException if the number of class names is not that of the
   *     outputs
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  public void write(Path file) {
    write(file, model.graph(), model.preprocessing());
  }

  /**
   * Writes the model with the preprocessing as its first layers, so that it takes RGB pixels from 0
   * to 255.
   *
   * @throws ConfigurationException if the preprocessing is unknown
   * @throws dev.trifocal.error.DataException if the number of class names is not that of the
   *     outputs
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
                            + " does not specify its preprocessing, which --pixels needs; specify"
                            + " it, for example with --preprocessing torchvision"));
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
