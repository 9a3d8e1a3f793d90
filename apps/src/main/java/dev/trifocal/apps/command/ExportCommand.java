package dev.trifocal.apps.command;

import dev.trifocal.apps.model.ModelShelf;
import dev.trifocal.apps.model.NamedModel;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.onnx.OnnxExporter;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model as ONNX. */
@Command(
    name = "export",
    description = {
      "Write a model as an ONNX file.",
      "",
      "float32, opset 17, evaluation mode, any batch size; runs wherever ONNX does."
    },
    footer = {
      "  trifocal export runs/lenet5-digits-1 --out lenet5.onnx",
      "  trifocal export vgg16 --weights vgg16.safetensors --out vgg16.onnx"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelShelf models;

  @Parameters(paramLabel = "MODEL", description = "A run directory, or a name of the zoo.")
  private String model;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "To write.")
  private Path out;

  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;

  @Inject
  ExportCommand(Terminal terminal, ModelShelf models) {
    this.terminal = terminal;
    this.models = models;
  }

  @Override
  public Integer call() {
    NamedModel named = models.open(model, engine.config(), zoo.with(engine.values()));
    OnnxExporter.write(
        terminal.directory().resolve(out),
        named.graph(),
        named.state().checkpoint().weights(),
        Map.of("classes", String.join(",", named.state().classes())));
    terminal.line(out + " written");
    return 0;
  }
}
