package dev.trifocal.apps.command;

import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.report.ShapeText;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for what a model may leave open: image size and class names. */
@OptionSection("Model")
public final class ModelFlags {
  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      description =
          "Channels, height and width of the images, for zoo models and .onnx files with dynamic"
              + " sizes. Default: those of the model.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Text file with one class name per line, or a JSON list. Default: the names stored in"
              + " the model, else numbers.")
  private Optional<Path> classes = Optional.empty();

  ModelRequest on(ModelRequest request) {
    return request.input(input.map(ShapeText::image)).classes(classes);
  }
}
