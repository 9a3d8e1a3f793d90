package dev.trifocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Activations;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.StepSize;
import dev.trifocal.data.Shuffle;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.WeightDecayScope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Settings DEFAULTS =
      new Settings(
          ModelSettings.of("lenet5"),
          "digits",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ImageSettings.USUAL,
          42,
          new EngineSettings("onnx", Device.CPU, 0, ComputePrecision.FLOAT32, Activations.KEEP),
          new TrainingSettings(
              5,
              64,
              1,
              Optional.empty(),
              new OptimizerSettings(
                  OptimizerKind.ADAM,
                  0.002,
                  OptionalDouble.empty(),
                  Sgd.Acceleration.CLASSICAL,
                  OptionalDouble.empty()),
              WeightDecayScope.ALL,
              new ClippingSettings(OptionalDouble.empty(), OptionalDouble.empty()),
              new ScheduleSettings(
                  ScheduleKind.ONE_CYCLE, 0, OptionalDouble.empty(), 10, PlateauSettings.USUAL),
              LossKind.AUTO,
              0,
              ClassWeightSettings.NONE,
              OptionalDouble.empty(),
              OptionalInt.empty(),
              500,
              1,
              Shuffle.EACH_EPOCH,
              List.of(),
              List.of(),
              Optional.empty(),
              TrainingSettings.EventFiles.WRITTEN,
              OptionalInt.empty()),
          Optional.empty(),
          Optional.empty());

  private static final Map<String, String> ALL_CHANGED =
      Map.ofEntries(
          Map.entry("backend", "djl"),
          Map.entry("device", "gpu:1"),
          Map.entry("threads", "3"),
          Map.entry("precision", "bf16"),
          Map.entry("recompute", "true"),
          Map.entry("class-weights", "1,2.5"),
          Map.entry("ema", "0.99"),
          Map.entry("best-by", "top-3"),
          Map.entry("plateau-patience", "3"),
          Map.entry("plateau-threshold", "0.01"),
          Map.entry("plateau-cooldown", "2"),
          Map.entry("plateau-min-lr", "1e-5"),
          Map.entry("seed", "-7"),
          Map.entry("model", "mnist-cnn"),
          Map.entry("width", "0.5"),
          Map.entry("weights", "/w.safetensors"),
          Map.entry("partial", "true"),
          Map.entry("data", "/some/fol der"),
          Map.entry("data-dir", "/data"),
          Map.entry("cache-dir", "/cache"),
          Map.entry("hub", "http://localhost:8080/hub"),
          Map.entry("size", "160x200"),
          Map.entry("channels", "1"),
          Map.entry("augment", "flip,rotate=15"),
          Map.entry("preprocessing", "caffe"),
          Map.entry("shorter-side", "256"),
          Map.entry("order", "rgb"),
          Map.entry("scale", "2.5"),
          Map.entry("mean", "0.5"),
          Map.entry("std", "1,2,3"),
          Map.entry("multi-label", "true"),
          Map.entry("mask-classes", "/masks.csv"),
          Map.entry("strict", "true"),
          Map.entry("image-cache", "disk"),
          Map.entry("freeze", "conv1,block.2"),
          Map.entry("head", "block.3"),
          Map.entry("epochs", "11"),
          Map.entry("batch-size", "32"),
          Map.entry("accumulate", "4"),
          Map.entry("memory", "3GiB"),
          Map.entry("optimizer", "sgd"),
          Map.entry("lr", "0.125"),
          Map.entry("momentum", "0.9"),
          Map.entry("nesterov", "true"),
          Map.entry("weight-decay", "1e-4"),
          Map.entry("decay-of", "weights"),
          Map.entry("clip-value", "0.5"),
          Map.entry("clip-norm", "none"),
          Map.entry("schedule", "step"),
          Map.entry("warm-up", "100"),
          Map.entry("gamma", "0.3"),
          Map.entry("step-size", "4"),
          Map.entry("loss", "cross-entropy+dice"),
          Map.entry("label-smoothing", "0.1"),
          Map.entry("patience", "2"),
          Map.entry("checkpoint-every", "50"),
          Map.entry("loader-threads", "5"),
          Map.entry("shuffle", "false"),
          Map.entry("tensorboard", "true"),
          Map.entry("histograms", "3"),
          Map.entry("rates", "head=10, features.0=0.5"),
          Map.entry("metrics", "f1, top-3"),
          Map.entry("recipe", "mnist-fast"),
          Map.entry("task", "transfer"),
          Map.entry("dropout", "0.3"),
          Map.entry("fine-tune-epochs", "6"),
          Map.entry("fine-tune-from", "none"),
          Map.entry("fine-tune-last", "4"),
          Map.entry("fine-tune-rate", "0.05"));

  private static final Settings CHANGED =
      new Settings(
          new ModelSettings(
              "mnist-cnn",
              0.5,
              Optional.of("/w.safetensors"),
              ModelSettings.WeightMatch.PARTIAL,
              List.of("conv1", "block.2"),
              Optional.of("block.3")),
          "/some/fol der",
          Optional.of(Path.of("/data")),
          Optional.of(Path.of("/cache")),
          Optional.of(URI.create("http://localhost:8080/hub")),
          new ImageSettings(
              Optional.of(1),
              Optional.of(new ImageSize(160, 200)),
              "flip,rotate=15",
              new PreprocessingSettings(
                  Optional.of(PreprocessingSettings.Usual.CAFFE),
                  Optional.of(256),
                  Optional.of(Preprocessing.Order.RGB),
                  Optional.of(2.5),
                  Optional.of(List.of(0.5)),
                  Optional.of(List.of(1.0, 2.0, 3.0))),
              ImageSettings.Labelling.MULTI_LABEL,
              Optional.of(Path.of("/masks.csv")),
              ImageSettings.Unreadable.REFUSE,
              ImageSettings.ImageCacheMode.DISK),
          -7,
          new EngineSettings(
              "djl",
              new Device(Device.Kind.GPU, 1),
              3,
              ComputePrecision.BF16,
              Activations.RECOMPUTE),
          new TrainingSettings(
              11,
              32,
              4,
              Optional.of(new MemorySize(3L << 30)),
              new OptimizerSettings(
                  OptimizerKind.SGD,
                  0.125,
                  OptionalDouble.of(0.9),
                  Sgd.Acceleration.NESTEROV,
                  OptionalDouble.of(1e-4)),
              WeightDecayScope.WEIGHTS,
              new ClippingSettings(OptionalDouble.of(0.5), OptionalDouble.empty()),
              new ScheduleSettings(
                  ScheduleKind.STEP,
                  100,
                  OptionalDouble.of(0.3),
                  4,
                  new PlateauSettings(3, 0.01, 2, 1e-5)),
              LossKind.CROSS_ENTROPY_AND_DICE,
              0.1,
              new ClassWeightSettings(ClassWeightSettings.Choice.GIVEN, List.of(1.0, 2.5)),
              OptionalDouble.of(0.99),
              OptionalInt.of(2),
              50,
              5,
              Shuffle.NONE,
              List.of(new ParameterGroup("head", 10), new ParameterGroup("features.0", 0.5)),
              List.of("f1", "top-3"),
              Optional.of("top-3"),
              TrainingSettings.EventFiles.WRITTEN,
              OptionalInt.of(3)),
          Optional.of(new TransferSettings(0.3, 6, Optional.empty(), OptionalInt.of(4), 0.05)),
          Optional.of("mnist-fast"));

  @TempDir Path folder;

  @Test
  void theDefaultsAreTheRecordedOnes() {
    assertThat(new SettingsSources(Optional.empty(), Map.of(), Map.of()).read())
        .isEqualTo(DEFAULTS);
  }

  @Test
  void theCasesHereNameEverySettingThatThereIs() {
    assertThat(ALL_CHANGED.keySet())
        .isEqualTo(SettingsSources.reference().getConfig("trifocal").root().keySet());
  }

  @Test
  void everyFlagArrivesInItsPlace() {
    assertThat(new SettingsSources(Optional.empty(), Map.of(), ALL_CHANGED).read())
        .isEqualTo(CHANGED);
  }

  @Test
  void everySystemPropertyArrivesInItsPlace() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("user.home", "not ours");
    ALL_CHANGED.forEach((key, value) -> properties.put("trifocal." + key, value));
    assertThat(new SettingsSources(Optional.empty(), properties, Map.of()).read())
        .isEqualTo(CHANGED);
  }

  @Test
  void whatIsWrittenDownReadsAsTheSameSettings() throws IOException {
    for (Settings settings : new Settings[] {DEFAULTS, CHANGED}) {
      Path file = folder.resolve("written.conf");
      Files.writeString(file, SettingsText.of(settings));
      assertThat(new SettingsSources(Optional.of(file), Map.of(), Map.of()).read())
          .isEqualTo(settings);
    }
  }

  @Test
  void whatIsWrittenDownNamesEverySetting() {
    assertThat(SettingsText.values(CHANGED).keySet()).isEqualTo(ALL_CHANGED.keySet());
  }

  @Test
  void aStepInOtherBatchesChangesNothingElse() {
    assertThat(CHANGED.training().stepSize()).isEqualTo(new StepSize(32, 4));
    Settings divided = CHANGED.stepSize(new StepSize(8, 16));
    Map<String, String> expected = new LinkedHashMap<>(SettingsText.values(CHANGED));
    expected.putAll(Map.of("batch-size", "8", "accumulate", "16"));
    assertThat(SettingsText.values(divided)).isEqualTo(expected);
    assertThat(divided.stepSize(new StepSize(32, 4))).isEqualTo(CHANGED);
  }

  @Test
  void memoryIsWhatIsFreeUnlessAnAmountIsGiven() {
    assertThat(DEFAULTS.training().memory()).isEmpty();
    assertThat(SettingsText.values(DEFAULTS)).containsEntry("memory", "auto");
    assertThat(SettingsText.values(CHANGED)).containsEntry("memory", "3GiB");
    Settings given =
        new SettingsSources(Optional.empty(), Map.of(), Map.of("memory", "1.5 GiB")).read();
    assertThat(given.training().memory()).contains(new MemorySize(3L << 29));
    assertThat(SettingsText.values(given)).containsEntry("memory", "1536MiB");
  }

  @Test
  void eventFilesMayBeLeftOut() {
    Map<String, String> flags = Map.of("tensorboard", "false");
    Settings settings = new SettingsSources(Optional.empty(), Map.of(), flags).read();
    assertThat(settings.training().eventFiles()).isEqualTo(TrainingSettings.EventFiles.LEFT_OUT);
    assertThat(SettingsText.values(settings)).containsEntry("tensorboard", "false");
  }

  @Test
  void transferHasDefaultsOfItsOwnUnderWhatIsSaid() {
    Map<String, String> flags = Map.of("task", "transfer", "batch-size", "8");
    Settings settings = new SettingsSources(Optional.empty(), Map.of(), flags).read();
    assertThat(settings.training().epochs()).isEqualTo(10);
    assertThat(settings.training().batchSize()).isEqualTo(8);
    assertThat(settings.transfer())
        .contains(new TransferSettings(0.2, 5, Optional.empty(), OptionalInt.empty(), 0.1));
  }

  @Test
  void aFlagWinsOverAPropertyAndThatOverTheFile() throws IOException {
    Path file = folder.resolve("trifocal.conf");
    Files.writeString(file, "trifocal { epochs = 1, batch-size = 1, seed = 1, threads = 1 }");
    Map<String, String> properties =
        Map.of("trifocal.epochs", "2", "trifocal.batch-size", "2", "trifocal.seed", "2");
    Map<String, String> flags = Map.of("epochs", "3", "batch-size", "3");
    Settings settings = new SettingsSources(Optional.of(file), properties, flags).read();
    assertThat(settings.training().epochs()).isEqualTo(3);
    assertThat(settings.training().batchSize()).isEqualTo(3);
    assertThat(settings.seed()).isEqualTo(2);
    assertThat(settings.engine().threads()).isEqualTo(1);
    assertThat(settings.model().name()).isEqualTo("lenet5");
  }

  @Test
  void earlier_names_of_settings_are_still_read() {
    Settings settings =
        new SettingsSources(
                Optional.empty(),
                Map.of("trifocal.deviation", "2"),
                Map.of("picture-cache", "disk"))
            .read();
    assertThat(settings.images().preprocessing().std()).contains(List.of(2.0));
    assertThat(settings.images().cache()).isEqualTo(ImageSettings.ImageCacheMode.DISK);
  }

  @Test
  void a_setting_is_not_given_under_its_earlier_name_too() {
    SettingsSources both =
        new SettingsSources(Optional.empty(), Map.of(), Map.of("deviation", "2", "std", "3"));
    assertThatThrownBy(both::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("trifocal.deviation and trifocal.std are the same setting; remove one");
  }
}
