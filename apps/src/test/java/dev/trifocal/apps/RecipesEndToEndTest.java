package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.config.Recipes;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsSources;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A recipe of train")
class RecipesEndToEndTest {
  @TempDir Path folder;

  static List<String> names() {
    return Recipes.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAModelOfTheZooAndKnownDataAndAugmentations(String name) {
    Settings settings =
        new SettingsSources(Optional.empty(), Map.of(), Map.of("recipe", name)).read();
    assertThat(Zoo.find(settings.model().name()).name()).isEqualTo(settings.model().name());
    assertThat(DatasetRegistry.standard().find(settings.data()).name()).isEqualTo(settings.data());
    assertThat(AugmentationText.parse(settings.images().augmentation())).isNotNull();
  }

  @Test
  void isListedInTheHelp() {
    assertThat(AppRun.in(folder, "train", "--help").out().replaceAll("\\s+", " "))
        .contains("data set: " + String.join(", ", Recipes.names()) + ".");
  }

  @Test
  void thatDoesNotExistIsAnErrorWithASuggestion() {
    AppRun run = AppRun.in(folder, "train", "--recipe", "mnist-fats");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: --recipe must be one of %s, but is 'mnist-fats' (did you mean mnist-fast?)\n"
                .formatted(String.join(", ", Recipes.names())));
  }

  @Test
  void isRecordedWithItsSettingsAndResumes() throws IOException {
    train("whole");
    String recorded = Files.readString(folder.resolve("runs/whole/trifocal.conf"));
    assertThat(recorded)
        .contains("recipe = mnist-fast", "optimizer = adamw", "model = lenet5", "epochs = 1");

    Path killed = Files.createDirectories(folder.resolve("runs/killed"));
    Files.writeString(killed.resolve("trifocal.conf"), recorded);
    assertThat(AppRun.in(folder, "train", "--resume", "runs/killed").exitCode()).isZero();
    assertThat(weights("killed")).isEqualTo(weights("whole"));
  }

  private Map<String, ?> weights(String run) {
    Path path = folder.resolve("runs").resolve(run);
    return RunDirectory.at(path).best().checkpoint().weights().tensors();
  }

  private void train(String name) {
    String[] words =
        ("train --recipe mnist-fast --backend onnx --model lenet5 --data digits --augment none --epochs 1"
                + " --threads 1 --out runs/"
                + name)
            .split(" ");
    assertThat(AppRun.in(folder, words).err()).isEmpty();
  }
}
