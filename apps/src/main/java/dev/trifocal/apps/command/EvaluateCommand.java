package dev.trifocal.apps.command;

import dev.trifocal.apps.data.DataShelf;
import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.model.Evaluation;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelShelf;
import dev.trifocal.apps.model.NamedModel;
import dev.trifocal.apps.model.Split;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.Score;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.data.Splits;
import jakarta.inject.Inject;
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
      "The images of the data go in as they are; flags that prepare pictures apply to values in"
          + " [0, 1]."
    },
    footer = {
      "  trifocal evaluate runs/lenet5-digits-1",
      "  trifocal evaluate runs/mnist-cnn-mnist-1 --data mnist --data-dir ~/mnist --split test",
      "  trifocal evaluate runs/lenet5-digits-1 --json",
      "  trifocal evaluate net.onnx --data mnist --mean 0.1307 --deviation 0.3081"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelShelf models;
  private final DataShelf shelf;
  private final Engines engines;

  @Parameters(
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file, or a name of the zoo.")
  private String model;

  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, validation, test or all. Default: validation and test.")
  private Optional<Split> split = Optional.empty();

  @Mixin private PictureFlags pictures;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  EvaluateCommand(Terminal terminal, ModelShelf models, DataShelf shelf, Engines engines) {
    this.terminal = terminal;
    this.models = models;
    this.shelf = shelf;
    this.engines = engines;
  }

  @Override
  public Integer call() {
    Map<String, String> flags = zoo.with(data.values());
    flags.putAll(engine.values());
    ModelRequest request = ModelRequest.of(model, engine.config(), flags);
    Splits splits = shelf.open(models.settings(request));
    NamedModel named =
        models
            .open(request.ifOpen(splits.train().sampleShape()))
            .measured()
            .behind(pictures.choice());
    List<Score> scores =
        new Evaluation(engines.backend(named.settings().engine().backend()), named)
            .scores(split.map(one -> one.parts(splits)).orElseGet(() -> Split.heldOut(splits)));
    terminal.line(
        json.wanted()
            ? new Json().text(scores.stream().map(Score::asMap).toList())
            : Score.table(scores).toString());
    return 0;
  }
}
