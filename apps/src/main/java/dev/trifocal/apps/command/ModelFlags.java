package dev.trifocal.apps.command;

import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.report.ShapeText;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Flags of commands that take any model: what it may leave open. */
@OptionSection("Model")
public final class ModelFlags {
  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      description =
          "Channels, height and width of the images, for an .onnx file that leaves them open and"
              + " for models of the zoo. Default: those of the source.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Names of the classes, one on each line. Default: those that the model carries, else"
              + " numbers.")
  private Optional<Path> classes = Optional.empty();

  ModelRequest on(ModelRequest request) {
    return request.input(input.map(ShapeText::image)).classes(classes);
  }
}
