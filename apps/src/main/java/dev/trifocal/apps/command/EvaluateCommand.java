package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.ClassEvaluation;
import dev.trifocal.apps.model.DataSplit;
import dev.trifocal.apps.model.EvaluationLoader;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelEvaluation;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.RawModelEvaluation;
import dev.trifocal.apps.model.RawOnnxModel;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.ResultsByClass;
import dev.trifocal.apps.report.training.MetricCurves;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.apps.training.ReportSubject;
import dev.trifocal.apps.training.ReportWriter;
import dev.trifocal.apps.training.RunFacts;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.file.AtomicFile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes loss and metrics of a model. */
@Command(
    name = "evaluate",
    abbreviateSynopsis = true,
    description = {
      "Compute the loss and metrics of a model on a data set.",
      "",
      "For a run directory, the best weights are evaluated with the run's own data, seed and engine"
          + " unless options say otherwise; the results then equal those printed during training."
          + " Data that the run was not trained on is evaluated as a whole.",
      "Classes are matched by name; the data may list them in another order and need not have all"
          + " of them. For multi-label data, a table shows the average precision of each class.",
      "An .onnx file with dynamic image sizes takes those of the data. If it ends in a softmax, the"
          + " loss is computed from the logits before it.",
      "Images of a folder are preprocessed as the model or the options specify. Other data is not"
          + " preprocessed by default; preprocessing options then apply to values in [0, 1]."
    },
    footer = {
      "  trifocal evaluate runs/lenet5-digits-1",
      "  trifocal evaluate runs/mnist-cnn-mnist-1 --data mnist --data-dir ~/mnist --split test",
      "  trifocal evaluate runs/lenet5-digits-1 --json",
      "  trifocal evaluate runs/lenet5-digits-1 --metrics precision,recall,f1,auc",
      "  trifocal evaluate runs/lenet5-digits-1 --split test --report report --explain",
      "  trifocal evaluate tagger.onnx --data photos/ --multi-label",
      "  trifocal evaluate mobilenet.onnx --data flowers/ --preprocessing symmetric",
      "  trifocal evaluate net.onnx --data mnist --mean 0.1307 --std 0.3081"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final EvaluationLoader loader;
  private final BackendRegistry backends;
  private final BackendChooser chooser;
  private final ReportWriter reports;

  @Parameters(paramLabel = "MODEL", description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;
  @Mixin private ImageFolderFlags imageData;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Text file with one class name of the model per line, or a JSON list. Default: the names"
              + " stored in the model; without any, classes are matched in order.")
  private Optional<Path> classes = Optional.empty();

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "Split to evaluate: train, validation, test or all. Default: validation and test, or all"
              + " samples together if the run was not trained on this data.")
  private Optional<DataSplit> split = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write report.html to this folder: confusion matrix, scores per class and worst mistakes."
              + " With several splits, the report covers the first.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--explain",
      description =
          "Show in the report which parts of the images speak for the predicted and the actual class"
              + " (Grad-CAM).")
  private boolean explain;

  @Mixin private MetricsFlag metrics;
  @Mixin private PreprocessingFlags images;
  @Mixin private ScoreFlags scores;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  EvaluateCommand(
      Terminal terminal,
      EvaluationLoader loader,
      BackendRegistry backends,
      BackendChooser chooser,
      ReportWriter reports) {
    this.terminal = terminal;
    this.reports = reports;
    this.loader = loader;
    this.backends = backends;
    this.chooser = chooser;
  }

  @Override
  public Integer call() {
    if (explain && report.isEmpty()) {
      throw new ConfigurationException("--explain is for a report; add --report DIR");
    }
    report
        .map(folder -> terminal.directory().resolve(folder))
        .ifPresent(AtomicFile::requireWritable);
    Map<String, String> flags = zoo.with(data.values());
    flags.putAll(imageData.values());
    flags.putAll(metrics.values());
    flags.putAll(engine.values());
    ModelRequest request = ModelRequest.of(model, engine.config(), flags).classes(classes);
    EvaluationLoader.Opened opened = loader.open(request, images.choice(), scores.choice(), split);
    return opened.model() instanceof RawOnnxModel raw
        ? measured(raw, opened.parts())
        : measured((LoadedModel) opened.model(), opened.parts());
  }

  private int measured(RawOnnxModel raw, Map<String, Dataset> parts) {
    if (report.isPresent()) {
      throw new ConfigurationException(
          "--report is for models that can become a graph, but %s cannot".formatted(raw.name()));
    }
    RawModelEvaluation evaluation = new RawModelEvaluation(backends, raw, scores.choice());
    List<EvaluationResult> results = evaluation.scores(parts);
    print(results, isMultiLabel(parts) ? evaluation.classes(parts) : List.of());
    return 0;
  }

  private static boolean isMultiLabel(Map<String, Dataset> parts) {
    return parts.values().stream().anyMatch(Dataset::isMultiLabel);
  }

  /**
   * Prints the results.
   *
   * @param classes the results per class for the same splits; may be empty
   */
  private void print(List<EvaluationResult> results, List<? extends ResultsByClass> classes) {
    if (json.wanted()) {
      List<Map<String, Object>> all = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        Map<String, Object> one = new LinkedHashMap<>(results.get(i).asMap());
        if (!classes.isEmpty()) {
          one.putAll(classes.get(i).asMap());
        }
        all.add(one);
      }
      terminal.line(new Json().text(all));
      return;
    }
    terminal.line(EvaluationResult.table(results).toString());
    classes.forEach(each -> terminal.line("\n" + each.table()));
  }

  private int measured(LoadedModel loaded, Map<String, Dataset> parts) {
    int batchSize = loaded.settings().training().batchSize();
    long batches =
        parts.values().stream().mapToLong(one -> BatchLoader.batches(one.size(), batchSize)).sum();
    LoadedModel named = loaded.backend(chooser, batchSize, batches);
    Backend backend = backends.backend(named.settings().engine().backend());
    List<EvaluationResult> results = new ModelEvaluation(backend, named).scores(parts);
    List<ResultsByClass> classes = new ArrayList<>();
    ClassEvaluation evaluation = new ClassEvaluation(backend, named);
    parts.forEach((name, part) -> evaluation.of(name, part).ifPresent(classes::add));
    print(results, classes);
    report
        .map(folder -> terminal.directory().resolve(folder))
        .ifPresent(folder -> report(folder, named, parts, results, backend));
    return 0;
  }

  private void report(
      Path folder,
      LoadedModel named,
      Map<String, Dataset> parts,
      List<EvaluationResult> results,
      Backend backend) {
    Map.Entry<String, Dataset> first = parts.entrySet().iterator().next();
    ReportSubject subject =
        new ReportSubject(
            named,
            first.getKey(),
            first.getValue(),
            MetricCurves.NONE,
            results,
            RunFacts.of(named, backend),
            explain ? Optional.of(ExplanationMethod.gradCam()) : Optional.empty());
    if (!subject.isPossible()) {
      throw new ConfigurationException(
          "--report needs images with class labels, but %s has none for %s"
              .formatted(first.getValue().name(), named.name()));
    }
    if (explain && first.getValue().isMultiLabel()) {
      throw new ConfigurationException(
          "--explain is for images with one class each, but those of %s have several"
              .formatted(first.getValue().name()));
    }
    reports.write(folder, backend, subject);
    terminal.remark("report: " + folder.resolve(ReportWriter.PAGE));
  }
}
