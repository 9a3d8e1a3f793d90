package dev.trifocal.apps.command;

import dev.trifocal.apps.model.PictureDesk;
import dev.trifocal.apps.run.Run;
import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.run.SettingsDesk;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.apps.training.RateFinding;
import dev.trifocal.apps.training.TrainingJob;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsText;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model of the zoo or of a file, or goes on with a run. */
@Command(
    name = "train",
    description = {
      "Train a model on a data set.",
      "",
      "Writes a run directory: trifocal.conf (all settings), history.json, last/ and best/"
          + " (checkpoints) and model.onnx (the best weights). Ctrl-C saves the state and stops;"
          + " --resume goes on as if nothing had happened.",
      "",
      "An .onnx file goes on learning from its own weights. If the data has another number of"
          + " classes, its head is replaced; --freeze all then trains the new head alone."
    },
    footer = {
      "  trifocal train",
      "  trifocal train --model mnist-cnn --data mnist --data-dir ~/mnist --epochs 3",
      "  trifocal train --optimizer sgd --momentum 0.9 --nesterov --lr 0.1 --schedule cosine",
      "  trifocal train --model mobilenet.onnx --data flowers/ --freeze all --epochs 3",
      "  trifocal train --model resnet18 --data flowers/ --size 96 --augment crop,flip,jitter=0.2",
      "  trifocal train --model net.onnx --freeze features.0 --freeze features.1 --head auto",
      "  trifocal train --model mnist-cnn --data mnist --find-lr",
      "  trifocal train --resume                   the newest run that is not finished",
      "  trifocal train --resume runs/lenet5-digits-1 --epochs 10"
    })
public final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final SettingsDesk desk;
  private final RunFolders folders;
  private final PictureDesk pictureDesk;
  private final TrainingJob job;
  private final RateFinding rates;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A name that 'trifocal zoo' lists, or an .onnx file to go on from. Default: lenet5.")
  private Optional<String> model = Optional.empty();

  @Mixin private TuningFlags tuning;
  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;
  @Mixin private PictureDataFlags pictureData;
  @Mixin private AugmentFlag augment;
  @Mixin private PictureFlags pictures;
  @Mixin private RecipeFlags recipe;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory. Default: runs/<model>-<data>-<n>.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Go on with a run; without DIR with that of --out, or the newest that is not finished."
              + " Only settings that do not change the result may be given, and more --epochs.")
  private Optional<String> resume = Optional.empty();

  @Option(
      names = "--find-lr",
      description =
          "Train nothing: let the rate rise from step to step, show where the loss falls and where"
              + " it diverges, and write find-lr.csv and find-lr.png, into the folder of --out if"
              + " there is one.")
  private boolean findRate;

  @Mixin private EngineFlags engine;

  @Inject
  TrainCommand(
      Terminal terminal,
      SettingsDesk desk,
      RunFolders folders,
      PictureDesk pictureDesk,
      TrainingJob job,
      RateFinding rates) {
    this.terminal = terminal;
    this.desk = desk;
    this.folders = folders;
    this.pictureDesk = pictureDesk;
    this.job = job;
    this.rates = rates;
  }

  @Override
  public Integer call() {
    if (findRate) {
      return rates.find(settings(), terminal.directory().resolve(out.orElse(Path.of(""))));
    }
    return job.train(resume.isPresent() ? resumed(resume.get()) : fresh());
  }

  private Run fresh() {
    Settings settings = settings();
    return new Run(folders.fresh(settings, out), settings);
  }

  private Settings settings() {
    return pictureDesk.forTraining(desk.read(engine.config(), flags()));
  }

  private Run resumed(String folder) {
    Optional<Path> named = folder.isEmpty() ? out : Optional.of(Path.of(folder));
    return folders.resumed(named, flags());
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    model.ifPresent(value -> flags.put("model", value));
    flags.putAll(tuning.values());
    flags.putAll(zoo.values());
    flags.putAll(data.values());
    flags.putAll(pictureData.values());
    flags.putAll(augment.values());
    flags.putAll(SettingsText.values(pictures.choice()));
    flags.putAll(recipe.values());
    flags.putAll(engine.values());
    return flags;
  }
}
