package dev.trifocal.apps.command;

import dev.trifocal.apps.data.DataResolver;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.DataSplit;
import dev.trifocal.apps.model.EvaluationData;
import dev.trifocal.apps.model.ImageSettingsResolver;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelEvaluation;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.training.MetricCurves;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.apps.training.ReportSubject;
import dev.trifocal.apps.training.ReportWriter;
import dev.trifocal.apps.training.RunFacts;
import dev.trifocal.backend.Backend;
import dev.trifocal.config.Settings;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures loss and metrics of a model. */
@Command(
    name = "evaluate",
    description = {
      "Measure loss and metrics of a model on a data set.",
      "",
      "Of a run directory the best weights are taken, and its own data, seed and engine unless"
          + " flags say otherwise; the numbers are then the ones that training printed. Data that the"
          + " run was not trained on is measured whole.",
      "Classes are paired by their names; data may have them in another order, and not all of"
          + " them.",
      "An .onnx file that leaves the size of its images open gets that of the data. One that ends"
          + " in a softmax is measured before it.",
      "Pictures of a folder are prepared as the model says, or the flags. The images of other data"
          + " go in as they are, and flags that prepare pictures apply to values in [0, 1]."
    },
    footer = {
      "  trifocal evaluate runs/lenet5-digits-1",
      "  trifocal evaluate runs/mnist-cnn-mnist-1 --data mnist --data-dir ~/mnist --split test",
      "  trifocal evaluate runs/lenet5-digits-1 --json",
      "  trifocal evaluate runs/lenet5-digits-1 --metrics precision,recall,f1,auc",
      "  trifocal evaluate runs/lenet5-digits-1 --split test --report report",
      "  trifocal evaluate mobilenet.onnx --data flowers/ --preprocessing symmetric",
      "  trifocal evaluate net.onnx --data mnist --mean 0.1307 --std 0.3081"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final DataResolver shelf;
  private final BackendRegistry backends;
  private final ReportWriter reports;
  private final ImageSettingsResolver imageDesk;

  @Parameters(
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file, or a name of the zoo.")
  private String model;

  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;
  @Mixin private ImageFolderFlags imageData;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "train, validation, test or all. Default: validation and test; of data that a run was not"
              + " trained on, all its samples together.")
  private Optional<DataSplit> split = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write report.html there: confusion matrix, scores of the classes, the worst mistakes."
              + " With several parts, of the first.")
  private Optional<Path> report = Optional.empty();

  @Mixin private MetricsFlag metrics;
  @Mixin private PreprocessingFlags images;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  EvaluateCommand(
      Terminal terminal,
      ModelResolver models,
      DataResolver shelf,
      BackendRegistry backends,
      ReportWriter reports,
      ImageSettingsResolver imageDesk) {
    this.terminal = terminal;
    this.reports = reports;
    this.models = models;
    this.shelf = shelf;
    this.backends = backends;
    this.imageDesk = imageDesk;
  }

  @Override
  public Integer call() {
    Map<String, String> flags = zoo.with(data.values());
    flags.putAll(imageData.values());
    flags.putAll(metrics.values());
    flags.putAll(engine.values());
    ModelRequest request = ModelRequest.of(model, engine.config(), flags);
    Settings settings = models.settings(request);
    return shelf.isImages(settings) ? ofImages(request, settings) : ofOther(request, settings);
  }

  /** The model says how the pictures are read. */
  private int ofImages(ModelRequest request, Settings settings) {
    LoadedModel named =
        models
            .open(request.images(images.choice()).ifOpen(ImageSettingsResolver.ifOpen(settings)))
            .measured();
    return measured(request, named, named, shelf.open(imageDesk.forModel(settings, named)));
  }

  /** The data says what the model reads. */
  private int ofOther(ModelRequest request, Settings settings) {
    Splits splits = shelf.open(settings);
    LoadedModel named = models.open(request.ifOpen(splits.train().sampleShape())).measured();
    return measured(request, named, named.behind(images.choice()), splits);
  }

  /**
   * @param trained the model with what its training has noted
   */
  private int measured(
      ModelRequest request, LoadedModel trained, LoadedModel named, Splits splits) {
    EvaluationData data = EvaluationData.of(trained, models.ownData(request), splits, split);
    data.notes().forEach(terminal::remark);
    Map<String, Dataset> parts = data.parts();
    Backend backend = backends.backend(named.settings().engine().backend());
    List<EvaluationResult> scores = new ModelEvaluation(backend, named).scores(parts);
    terminal.line(
        json.wanted()
            ? new Json().text(scores.stream().map(EvaluationResult::asMap).toList())
            : EvaluationResult.table(scores).toString());
    report
        .map(folder -> terminal.directory().resolve(folder))
        .ifPresent(folder -> report(folder, named, parts, scores, backend));
    return 0;
  }

  private void report(
      Path folder,
      LoadedModel named,
      Map<String, Dataset> parts,
      List<EvaluationResult> scores,
      Backend backend) {
    Map.Entry<String, Dataset> first = parts.entrySet().iterator().next();
    ReportSubject subject =
        new ReportSubject(
            named,
            first.getKey(),
            first.getValue(),
            MetricCurves.NONE,
            scores,
            RunFacts.of(named, backend));
    if (!subject.isPossible()) {
      throw new ConfigurationException(
          "--report shows pictures and their classes, but %s holds none of %s"
              .formatted(first.getValue().name(), named.name()));
    }
    reports.write(folder, backend, subject);
    terminal.remark("report: " + folder.resolve(ReportWriter.PAGE));
  }
}
