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
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Teaches a pretrained network new classes. */
@Command(
    name = "transfer",
    description = {
      "Teach a pretrained network to tell your own classes apart.",
      "",
      "The network's head is replaced: global average pooling, dropout, a dense layer. The head"
          + " learns with the rest frozen (--epochs); then the last layers learn on with it, at a"
          + " tenth of the rate (--fine-tune-epochs). Without augmentation the frozen part runs"
          + " once for each picture. Batch norm in frozen layers stays in inference mode.",
      "",
      "DATA is a folder with train/<class>/*.jpg and val/<class>/*.jpg, or one folder per class,"
          + " which is split by the seed. A tenth is kept for the test that comes last.",
      "",
      "Writes a run directory: report.html to look at, model.onnx to take along, and all that"
          + " 'trifocal train' writes. Ctrl-C saves the state and stops; --resume goes on."
    },
    footer = {
      "  trifocal transfer --base mobilenet_v2.onnx --data flowers",
      "  trifocal transfer --base mobilenet_v2.onnx --data flowers --augment flip,crop",
      "  trifocal transfer --base net.onnx --data flowers --fine-tune-from features.14",
      "  trifocal transfer --base net.onnx --data flowers --fine-tune-epochs 0 --backend djl",
      "  trifocal transfer --base resnet18 --weights resnet18.safetensors --data flowers",
      "  trifocal transfer --resume                the newest run that is not finished"
    })
public final class TransferCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final SettingsDesk desk;
  private final RunFolders folders;
  private final PictureDesk pictureDesk;
  private final TrainingJob job;
  private final RateFinding rates;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "An .onnx file, or a name of the zoo together with --weights.")
  private Optional<String> base = Optional.empty();

  @Mixin private TransferFlags transfer;
  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;
  @Mixin private PictureDataFlags pictureData;
  @Mixin private AugmentFlag augment;
  @Mixin private PictureFlags pictures;
  @Mixin private RecipeFlags recipe;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory. Default: runs/<base>-<data>-<n>.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Go on with a run; without DIR with that of --out, or the newest that is not finished.")
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
  TransferCommand(
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
    if (base.isEmpty()) {
      throw new ConfigurationException(
          "say which network to begin with: --base mobilenet.onnx, or --base resnet18 --weights FILE");
    }
    return pictureDesk.forTraining(desk.read(engine.config(), flags()));
  }

  private Run resumed(String folder) {
    Optional<Path> named = folder.isEmpty() ? out : Optional.of(Path.of(folder));
    return folders.resumed(named, flags());
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>(transfer.values());
    base.ifPresent(value -> flags.put("model", value));
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
