package dev.trifocal.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A bad setting stops the start")
class SettingsProblemsTest {
  @TempDir Path folder;

  @Test
  void allProblemsStandInOneMessage() {
    assertProblem(
        "trifocal { batch-sise = 32, epochs = 0, optimizer = adma, lr = fast }",
        "trifocal.batch-sise is not a setting (did you mean trifocal.batch-size?);"
            + " trifocal.epochs must be positive, but is 0;"
            + " trifocal.optimizer must be one of adam, adamw, nadam, rmsprop, sgd, adagrad,"
            + " but is 'adma' (did you mean adam?);"
            + " trifocal.lr must be a number, but is 'fast'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          threads = -1          | trifocal.threads must be 0 or more, but is -1
          threads = 1000        | trifocal.threads must be at most 256, but is 1000
          batch-size = 1.5      | trifocal.batch-size must be a whole number, but is '1.5'
          batch-size = 9999999999 | trifocal.batch-size must be at most 2147483647, but is 9999999999
          memory = lots         | trifocal.memory is invalid: 'lots' is not an amount of memory such as 4GiB or 900MiB
          memory = 0            | trifocal.memory is invalid: an amount of memory must be positive, but is 0
          memory = -1GiB        | trifocal.memory is invalid: '-1GiB' is not an amount of memory such as 4GiB or 900MiB
          memory = [1]          | trifocal.memory is invalid: '[1]' is not an amount of memory such as 4GiB or 900MiB
          epochs = [1]          | trifocal.epochs must be a whole number, but is '[1]'
          epochs = {a = 1}      | trifocal.epochs.a is not a setting (did you mean trifocal.epochs?); trifocal.epochs must be a whole number, but is '{"a":1}'
          lr = 0                | trifocal.lr must be positive, but is 0
          lr = NaN              | trifocal.lr must be positive, but is NaN
          momentum = 0.9        | trifocal.momentum applies to sgd and rmsprop only, but the optimizer is adam
          nesterov = true       | trifocal.nesterov requires the optimizer sgd with a momentum above 0
          nesterov = yes        | trifocal.nesterov must be true or false, but is 'yes'
          label-smoothing = 1.1 | trifocal.label-smoothing must be within [0, 1], but is 1.1
          gamma = 0             | trifocal.gamma must be above 0 and at most 1, but is 0
          patience = 0          | trifocal.patience must be positive, but is 0
          histograms = 0        | trifocal.histograms must be positive, but is 0
          histograms = 2, tensorboard = false | trifocal.histograms needs event files: set tensorboard to true (omit --no-tensorboard), or histograms to none in a new run
          device = tpu          | trifocal.device is invalid: 'tpu' is not a device; use cpu, gpu or gpu:1
          precision = fp16      | trifocal.precision must be one of float32, bf16, but is 'fp16'
          model = ""            | trifocal.model must not be empty
          size = 224x           | trifocal.size is invalid: '224x' is not an image size; use 224, or 160x200 (height first)
          size = 0              | trifocal.size is invalid: '0' is not an image size; use 224, or 160x200 (height first)
          channels = 4          | trifocal.channels is invalid: must be 3 (colour) or 1 (gray)
          preprocessing = torch | trifocal.preprocessing must be one of torchvision, caffe, symmetric, unit, but is 'torch' (did you mean torchvision?)
          shorter-side = -1     | trifocal.shorter-side is invalid: must be a number of pixels, or 0 to stretch
          order = bgra          | trifocal.order must be one of rgb, bgr, but is 'bgra' (did you mean bgr?)
          scale = 0             | trifocal.scale is invalid: must be positive, but is 0
          mean = [0.1, 0.2]     | trifocal.mean is invalid: must be one number or three, but is '0.1,0.2'
          mean = dark           | trifocal.mean is invalid: 'dark' is not a number
          std = "1,0,1"         | trifocal.std is invalid: must not be 0
          strict = perhaps      | trifocal.strict must be true or false, but is 'perhaps'
          image-cache = ram     | trifocal.image-cache must be one of memory, disk, none, but is 'ram'
          completely-different = 1 | trifocal.completely-different is not a setting
          """)
  void aBadValueIsNamedWithWhatItMustBe(String setting, String message) {
    assertProblem("trifocal { " + setting + " }", message);
  }

  @Test
  void aSettingOutsideTheSectionIsNotIgnored() {
    assertProblem("epochs = 3", "epochs is not a setting (did you mean trifocal.epochs?)");
  }

  @Test
  void aValueInPlaceOfTheSectionIsOneProblem() {
    assertProblem("trifocal = 3", "trifocal is not a setting");
  }

  @Test
  void aFlagIsNamedLikeOtherSettingsOrAsItWasTyped() {
    Map<String, String> flags = Map.of("batch-size", "0");
    assertThatThrownBy(() -> new SettingsSources(Optional.empty(), Map.of(), flags).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("trifocal.batch-size must be positive, but is 0");
    assertThatThrownBy(() -> new SettingsSources(Optional.empty(), Map.of(), flags, "--").read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--batch-size must be positive, but is 0");
  }

  @Test
  void onlyFlagsGetTheirPrefix() throws IOException {
    Path file = folder.resolve("trifocal.conf");
    Files.writeString(file, "trifocal { epochs = 0 }");
    Map<String, String> flags = Map.of("batch-size", "0");
    assertThatThrownBy(() -> new SettingsSources(Optional.of(file), Map.of(), flags, "--").read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--batch-size must be positive, but is 0")
        .hasMessageContaining("trifocal.epochs must be positive, but is 0");
  }

  @Test
  void aFileThatIsNotHoconIsNamedWithTheLine() throws IOException {
    Path file = folder.resolve("trifocal.conf");
    Files.writeString(file, "trifocal {\n  epochs = 3\n");
    assertThatThrownBy(() -> new SettingsSources(Optional.of(file), Map.of(), Map.of()).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("settings cannot be read: " + file + ": 3: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"other.conf\"",
        "include url(\"http://localhost:1/other.conf\")",
        "include file(\"/etc/hostname\")",
        "trifocal { include classpath(\"trifocal-reference.conf\") }"
      })
  void includesAreRefused(String text) throws IOException {
    Path file = folder.resolve("trifocal.conf");
    Files.writeString(file, text);
    assertThatThrownBy(() -> new SettingsSources(Optional.of(file), Map.of(), Map.of()).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("settings cannot be read: " + file + ": ")
        .hasMessageEndingWith("is not supported; copy the settings into the file");
  }

  @Test
  void bracketsWithoutEndAreOneMessage() throws IOException {
    Path file = folder.resolve("trifocal.conf");
    Files.writeString(
        file, "trifocal { metrics = " + "[".repeat(20_000) + "]".repeat(20_000) + "}");
    assertThatThrownBy(() -> new SettingsSources(Optional.of(file), Map.of(), Map.of()).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "settings cannot be read: " + file + ": braces or brackets are nested too deeply");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(
            () -> new SettingsSources(Optional.of(Path.of("no.conf")), Map.of(), Map.of()).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("no.conf is not a file; expected a configuration file");
  }

  private void assertProblem(String text, String message) {
    Path file = folder.resolve("trifocal.conf");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThatThrownBy(() -> new SettingsSources(Optional.of(file), Map.of(), Map.of()).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }
}
