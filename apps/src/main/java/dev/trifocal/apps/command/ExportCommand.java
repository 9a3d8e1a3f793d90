package dev.trifocal.apps.command;

import dev.trifocal.apps.model.CheckpointWriter;
import dev.trifocal.apps.model.EvaluationLoader;
import dev.trifocal.apps.model.ExportFormat;
import dev.trifocal.apps.model.HalfEvaluation;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.ModelWriter;
import dev.trifocal.apps.model.OnnxModelWriter;
import dev.trifocal.apps.model.WeightsWriter;
import dev.trifocal.apps.report.HalfReport;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.weights.HalfRounding;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model to a file for other programs or for sharing. */
@Command(
    name = "export",
    abbreviateSynopsis = true,
    description = {
      "Write a model as an ONNX file, as a file of weights or as a checkpoint.",
      "",
      "An ONNX file is float32, opset 17, in evaluation mode, with a dynamic batch size, and runs on"
          + " any ONNX runtime. Its metadata records class names, image size, preprocessing and the"
          + " origin of the weights; 'trifocal predict' uses them.",
      "With --half, weights take 16 bits in the file, and the model computes in float32. Sizes and"
          + " accuracies before and after are printed: on a run's own data, or on that of --data."
    },
    footer = {
      "  trifocal export runs/lenet5-digits-1 --out lenet5.onnx",
      "  trifocal export vgg16 --weights vgg16.safetensors --out vgg16.onnx",
      "  trifocal export net.onnx --classes names.txt --preprocessing symmetric --out"
          + " with-names.onnx",
      "  trifocal export vgg16 --weights vgg16.safetensors --pixels --out pixels.onnx",
      "  trifocal export runs/lenet5-digits-1 --out lenet5.onnx --half",
      "  trifocal export net.onnx --out net-bf16.onnx --data flowers/ --half bf16",
      "  trifocal export runs/lenet5-digits-1 --out lenet5.safetensors --half",
      "  trifocal export runs/lenet5-digits-1 --format checkpoint --out lenet5 --half"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final EvaluationLoader loader;
  private final HalfEvaluation evaluation;

  @Parameters(paramLabel = "MODEL", description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "File to write; for a checkpoint, a folder.")
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "What to write: onnx, safetensors (weights only, for --weights) or checkpoint (a folder"
              + " for Trifocal, from which no training resumes). Default: safetensors if FILE ends"
              + " in .safetensors, else onnx.")
  private Optional<ExportFormat> format = Optional.empty();

  @Option(
      names = "--pixels",
      description =
          "Include the preprocessing as the first layers, so that the exported model takes RGB"
              + " pixels from 0 to 255.")
  private boolean pixels;

  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags images;
  @Mixin private HalfFlags half;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  ExportCommand(
      Terminal terminal, ModelResolver models, EvaluationLoader loader, HalfEvaluation evaluation) {
    this.terminal = terminal;
    this.models = models;
    this.loader = loader;
    this.evaluation = evaluation;
  }

  @Override
  public Integer call() {
    Map<String, String> data = half.dataValues();
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values())).images(images.choice());
    LoadedModel loaded = models.open(given.on(request));
    ModelWriter writer = writer(loaded);
    Optional<HalfRounding> rounding =
        half.format().map(one -> HalfRounding.of(writer.weights(), one));
    Optional<EvaluationLoader.Opened> opened = half.format().flatMap(one -> opened(data));
    Path target = terminal.directory().resolve(out);
    writer.write(target, half.format());
    if (!json.wanted()) {
      terminal.line(out + " written");
    }
    rounding.ifPresentOrElse(
        one -> print(report(one, opened, writer, target)), () -> print(writer, target));
    noteNonFinite(loaded);
    return 0;
  }

  private ModelWriter writer(LoadedModel loaded) {
    ExportFormat chosen = format.orElseGet(() -> ExportFormat.of(out));
    if (pixels && chosen != ExportFormat.ONNX) {
      throw new ConfigurationException(
          "--pixels is for ONNX files, but %s is to be a %s".formatted(out, chosen));
    }
    return switch (chosen) {
      case ONNX -> pixels ? OnnxModelWriter.forPixels(loaded) : OnnxModelWriter.of(loaded);
      case SAFETENSORS -> new WeightsWriter(loaded);
      case CHECKPOINT -> new CheckpointWriter(loaded);
    };
  }

  /**
   * Opens the data to evaluate on: that of the options, which has to be there, or that of the run.
   */
  private Optional<EvaluationLoader.Opened> opened(Map<String, String> data) {
    Map<String, String> flags = zoo.with(engine.values());
    flags.putAll(data);
    ModelRequest request = given.on(ModelRequest.of(model, engine.config(), flags));
    if (!half.namesData() && models.ownData(request).isEmpty()) {
      terminal.remark("note: for the accuracies before and after, add --data DATA");
      return Optional.empty();
    }
    try {
      return Optional.of(loader.open(request, images.choice(), half.scores(), half.split()));
    } catch (TrifocalException e) {
      if (half.namesData()) {
        throw e;
      }
      terminal.remark(
          "note: the run's data cannot be opened (%s); for the accuracies before and after, add --data DATA"
              .formatted(e.getMessage()));
      return Optional.empty();
    }
  }

  private HalfReport report(
      HalfRounding rounding,
      Optional<EvaluationLoader.Opened> opened,
      ModelWriter writer,
      Path target) {
    HalfEvaluation.Results results =
        opened
            .map(one -> evaluation.of((LoadedModel) one.model(), one.parts(), rounding.format()))
            .orElse(HalfEvaluation.NONE);
    return new HalfReport(
        rounding.format(),
        new HalfReport.Side(writer.float32Bytes(), results.float32()),
        new HalfReport.Side(writer.file(target).toFile().length(), results.half()),
        rounding.largest(),
        rounding.largestIn(),
        rounding.zeroed());
  }

  private void print(HalfReport report) {
    terminal.line(json.wanted() ? new Json().text(named(report.asMap())) : "\n" + report.text());
  }

  private void print(ModelWriter writer, Path target) {
    if (json.wanted()) {
      terminal.line(new Json().text(named(Map.of("bytes", writer.file(target).toFile().length()))));
    }
  }

  private Map<String, Object> named(Map<String, Object> facts) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", out.toString());
    result.putAll(facts);
    return result;
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
