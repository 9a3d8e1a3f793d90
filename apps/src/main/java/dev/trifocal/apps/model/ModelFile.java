package dev.trifocal.apps.model;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a model as an ONNX file that remembers its classes and how pictures are prepared. */
public record ModelFile(NamedModel model) {
  /**
   * @throws DataException if the names of the classes are too many or too few
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  public void write(Path file) {
    write(file, model.graph(), model.preprocessing());
  }

  /**
   * With the preprocessing as first layers: the file takes pixels from 0 to 255, red first.
   *
   * @throws ConfigurationException if the preprocessing is not known
   * @throws DataException if the names of the classes are too many or too few
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
        Pixels.inFront(model.graph(), preprocessing),
        Optional.of(Pixels.remaining(preprocessing)));
  }

  private void write(Path file, Graph graph, Optional<Preprocessing> preprocessing) {
    requireNames();
    Optional<Shape> image = model.sample().filter(shape -> shape.rank() == 3);
    ModelMetadata metadata =
        new ModelMetadata(
            model.classes(),
            image.isPresent() ? preprocessing : Optional.empty(),
            image,
            Provenance.of(model));
    OnnxExporter.write(file, graph, model.state().checkpoint().weights(), metadata.properties());
  }

  private void requireNames() {
    Shape scores = Logits.of(model.graph()).graph().output(Graph.OUTPUT).shape();
    int names = model.classes().size();
    if (names > 0 && scores.rank() == 1 && scores.size(0) != names) {
      throw new DataException(
          "%s tells %d classes apart, but there are %d names for them"
              .formatted(model.name(), scores.size(0), names));
    }
  }
}
