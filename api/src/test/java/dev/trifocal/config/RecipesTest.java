package dev.trifocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
  private static final Map<String, String> MNIST_FAST = Map.of("recipe", "mnist-fast");

  @TempDir Path folder;

  static List<String> names() {
    return Recipes.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_recipe_has_valid_settings_and_names_model_and_data(String name) {
    Settings settings = read(Optional.empty(), Map.of(), Map.of("recipe", name));

    assertThat(settings.recipe()).contains(name);
    assertThat(SettingsSources.resource(Recipes.resource(name)).getConfig("trifocal").root())
        .containsKeys("model", "data", "epochs");
  }

  @Test
  void every_file_of_a_recipe_is_listed() throws IOException, URISyntaxException {
    Path files =
        Path.of(Recipes.class.getResource("/" + Recipes.resource("mnist-fast")).toURI())
            .getParent();
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all.map(file -> file.getFileName().toString().replaceFirst("\\.conf$", "")))
          .containsExactlyInAnyOrderElementsOf(Recipes.names());
    }
  }

  @Test
  void a_recipe_holds_where_nothing_else_is_given() {
    Settings settings = read(Optional.empty(), Map.of(), MNIST_FAST);

    assertThat(settings.model().name()).isEqualTo("mnist-cnn-bn");
    assertThat(settings.data()).isEqualTo("mnist");
    assertThat(settings.training().batchSize()).isEqualTo(128);
    assertThat(settings.seed()).as("a default").isEqualTo(42);
  }

  @Test
  void flags_win_over_properties_and_those_over_the_file_and_that_over_the_recipe()
      throws IOException {
    Path file = file("trifocal { recipe = mnist-fast, epochs = 1, batch-size = 1, data = digits }");
    Settings settings =
        read(
            Optional.of(file),
            Map.of("trifocal.epochs", "2", "trifocal.batch-size", "2"),
            Map.of("epochs", "3"));

    assertThat(settings.training().epochs()).isEqualTo(3);
    assertThat(settings.training().batchSize()).isEqualTo(2);
    assertThat(settings.data()).isEqualTo("digits");
    assertThat(settings.training().optimizer().kind()).isEqualTo(OptimizerKind.ADAMW);
  }

  @Test
  void an_unknown_recipe_is_named_together_with_those_that_there_are() {
    assertThatThrownBy(() -> read(Optional.empty(), Map.of(), Map.of("recipe", "mnist-fats")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--recipe must be one of %s, but is 'mnist-fats' (did you mean mnist-fast?)",
            String.join(", ", Recipes.names()));
  }

  @Test
  void recorded_settings_do_not_change_with_the_recipe() throws IOException {
    Settings started = read(Optional.empty(), Map.of(), MNIST_FAST);
    Settings other = read(Optional.empty(), Map.of(), Map.of("epochs", "9", "lr", "0.5"));
    String recorded = SettingsText.of(other).replace("recipe = none", "recipe = mnist-fast");

    assertThat(read(Optional.of(file(SettingsText.of(started))), Map.of(), Map.of()))
        .isEqualTo(started);
    assertThat(read(Optional.of(file(recorded)), Map.of(), Map.of()).training())
        .isEqualTo(other.training());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.conf"), text);
  }

  private static Settings read(
      Optional<Path> file, Map<String, String> properties, Map<String, String> flags) {
    return new SettingsSources(file, properties, flags, "--").read();
  }
}
