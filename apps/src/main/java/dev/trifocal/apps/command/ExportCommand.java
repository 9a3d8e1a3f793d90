package dev.trifocal.apps.command;

import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.OnnxModelWriter;
import dev.trifocal.apps.terminal.Terminal;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model as an ONNX file. */
@Command(
    name = "export",
    abbreviateSynopsis = true,
    description = {
      "Write a model as an ONNX file.",
      "",
      "The file is float32, opset 17, in evaluation mode, with a dynamic batch size, and runs on"
          + " any ONNX runtime. Its metadata records class names, image size, preprocessing and the"
          + " origin of the weights; 'trifocal predict' uses them."
    },
    footer = {
      "  trifocal export runs/lenet5-digits-1 --out lenet5.onnx",
      "  trifocal export vgg16 --weights vgg16.safetensors --out vgg16.onnx",
      "  trifocal export net.onnx --classes names.txt --preprocessing symmetric --out"
          + " with-names.onnx",
      "  trifocal export vgg16 --weights vgg16.safetensors --pixels --out pixels.onnx"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;

  @Parameters(paramLabel = "MODEL", description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "ONNX file to write.")
  private Path out;

  @Option(
      names = "--pixels",
      description =
          "Include the preprocessing as the first layers, so that the exported model takes RGB"
              + " pixels from 0 to 255.")
  private boolean pixels;

  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags images;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;

  @Inject
  ExportCommand(Terminal terminal, ModelResolver models) {
    this.terminal = terminal;
    this.models = models;
  }

  @Override
  public Integer call() {
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values())).images(images.choice());
    LoadedModel loaded = models.open(given.on(request));
    OnnxModelWriter file = new OnnxModelWriter(loaded);
    Path target = terminal.directory().resolve(out);
    if (pixels) {
      file.writeForPixels(target);
    } else {
      file.write(target);
    }
    terminal.line(out + " written");
    noteNonFinite(loaded);
    return 0;
  }

  /** Files with infinite values may be meant so; with NaN they compute nothing else. */
  private void noteNonFinite(LoadedModel loaded) {
    Map<String, Float> values = loaded.state().checkpoint().weights().nonFinite();
    if (!values.isEmpty()) {
      Map.Entry<String, Float> first = values.entrySet().iterator().next();
      terminal.remark(
          "note: %d of the weights of %s are not finite; the first is %s, which holds %s"
              .formatted(values.size(), loaded.name(), first.getKey(), first.getValue()));
    }
  }
}
