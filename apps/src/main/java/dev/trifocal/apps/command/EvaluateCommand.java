package dev.trifocal.apps.command;

import dev.trifocal.apps.data.DataShelf;
import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.model.Evaluation;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelShelf;
import dev.trifocal.apps.model.NamedModel;
import dev.trifocal.apps.model.PictureDesk;
import dev.trifocal.apps.model.Split;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.Score;
import dev.trifocal.apps.report.training.Curves;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.apps.training.ReportDesk;
import dev.trifocal.apps.training.ReportSubject;
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
          + " flags say otherwise; the numbers are then the ones that training printed.",
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
      "  trifocal evaluate net.onnx --data mnist --mean 0.1307 --deviation 0.3081"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelShelf models;
  private final DataShelf shelf;
  private final Engines engines;
  private final ReportDesk reports;
  private final PictureDesk pictureDesk;

  @Parameters(
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file, or a name of the zoo.")
  private String model;

  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;
  @Mixin private PictureDataFlags pictureData;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, validation, test or all. Default: validation and test.")
  private Optional<Split> split = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write report.html there: confusion matrix, scores of the classes, the worst mistakes."
              + " With several parts, of the first.")
  private Optional<Path> report = Optional.empty();

  @Mixin private MetricsFlag metrics;
  @Mixin private PictureFlags pictures;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  EvaluateCommand(
      Terminal terminal,
      ModelShelf models,
      DataShelf shelf,
      Engines engines,
      ReportDesk reports,
      PictureDesk pictureDesk) {
    this.terminal = terminal;
    this.reports = reports;
    this.models = models;
    this.shelf = shelf;
    this.engines = engines;
    this.pictureDesk = pictureDesk;
  }

  @Override
  public Integer call() {
    Map<String, String> flags = zoo.with(data.values());
    flags.putAll(pictureData.values());
    flags.putAll(metrics.values());
    flags.putAll(engine.values());
    ModelRequest request = ModelRequest.of(model, engine.config(), flags);
    Settings settings = models.settings(request);
    return shelf.isPictures(settings) ? ofPictures(request, settings) : ofOther(request, settings);
  }

  /** The model says how the pictures are read. */
  private int ofPictures(ModelRequest request, Settings settings) {
    NamedModel named =
        models
            .open(request.pictures(pictures.choice()).ifOpen(PictureDesk.ifOpen(settings)))
            .measured();
    return measured(named, shelf.open(pictureDesk.forModel(settings, named)));
  }

  /** The data says what the model reads. */
  private int ofOther(ModelRequest request, Settings settings) {
    Splits splits = shelf.open(settings);
    NamedModel named = models.open(request.ifOpen(splits.train().sampleShape())).measured();
    return measured(named.behind(pictures.choice()), splits);
  }

  private int measured(NamedModel named, Splits splits) {
    Map<String, Dataset> parts =
        split.map(one -> one.parts(splits)).orElseGet(() -> Split.heldOut(splits));
    Backend backend = engines.backend(named.settings().engine().backend());
    List<Score> scores = new Evaluation(backend, named).scores(parts);
    terminal.line(
        json.wanted()
            ? new Json().text(scores.stream().map(Score::asMap).toList())
            : Score.table(scores).toString());
    report
        .map(folder -> terminal.directory().resolve(folder))
        .ifPresent(folder -> report(folder, named, parts, scores, backend));
    return 0;
  }

  private void report(
      Path folder,
      NamedModel named,
      Map<String, Dataset> parts,
      List<Score> scores,
      Backend backend) {
    Map.Entry<String, Dataset> first = parts.entrySet().iterator().next();
    ReportSubject subject =
        new ReportSubject(
            named,
            first.getKey(),
            first.getValue(),
            Curves.NONE,
            scores,
            RunFacts.of(named, backend));
    if (!subject.isPossible()) {
      throw new ConfigurationException(
          "--report shows pictures and their classes, but %s holds none of %s"
              .formatted(first.getValue().name(), named.name()));
    }
    reports.write(folder, backend, subject);
    terminal.remark("report: " + folder.resolve(ReportDesk.PAGE));
  }
}
