package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  @TempDir Path temporary;

  static Stream<TrainingState> states() {
    return TrainingStates.everyPlan();
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_state_comes_back_as_it_was(TrainingState state) {
    RunDirectory run = RunDirectory.at(temporary.resolve("a/run"));
    run.last(state);
    assertThat(run.last()).isEqualTo(state);
  }

  @Test
  void best_and_last_are_kept_apart() {
    RunDirectory run = RunDirectory.at(temporary);
    assertThat(run.hasLast()).isFalse();
    assertThat(run.hasBest()).isFalse();
    run.best(TrainingStates.at(3));
    assertThat(run.hasLast()).isFalse();
    run.last(TrainingStates.at(4));
    assertThat(run.hasLast()).isTrue();
    assertThat(run.hasBest()).isTrue();
    assertThat(run.best()).isEqualTo(TrainingStates.at(3));
    assertThat(run.last()).isEqualTo(TrainingStates.at(4));
  }

  @Test
  void a_checkpoint_is_four_files_and_nothing_else() throws IOException {
    RunDirectory.at(temporary).last(TrainingStates.at(1));
    RunDirectory.at(temporary).last(TrainingStates.at(2));
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.filter(Files::isRegularFile).map(p -> temporary.relativize(p).toString()))
          .containsExactlyInAnyOrder(
              "last/graph.json",
              "last/weights.safetensors",
              "last/optimizer.safetensors",
              "last/state.json");
    }
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).containsExactly(temporary.resolve("last"));
    }
  }

  @Test
  void without_a_checkpoint_the_message_says_where_it_looked() {
    assertThatThrownBy(() -> RunDirectory.at(Path.of("runs", "none")).last())
        .isInstanceOf(FileException.class)
        .hasMessage(
            Path.of("runs", "none") + ": has no 'last' checkpoint; expected a run directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph.json", "weights.safetensors", "optimizer.safetensors"})
  void a_file_of_another_checkpoint_is_noticed(String name) throws IOException {
    RunDirectory run = RunDirectory.at(temporary.resolve("one"));
    RunDirectory other = RunDirectory.at(temporary.resolve("two"));
    run.last(TrainingStates.at(3));
    other.last(TrainingStates.renamed(TrainingStates.at(4)));
    Path file = temporary.resolve("one/last").resolve(name);
    Files.write(file, Files.readAllBytes(temporary.resolve("two/last").resolve(name)));
    assertThatThrownBy(run::last)
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": is corrupt or belongs to a different checkpoint than state.json;"
                + " restore the whole folder from a backup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"graph.json", "weights.safetensors", "optimizer.safetensors", "state.json"})
  void a_missing_file_is_named(String name) throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    run.last(TrainingStates.at(3));
    Path file = temporary.resolve("last").resolve(name);
    Files.delete(file);
    assertThatThrownBy(run::last)
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": cannot be read: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"graph.json", "weights.safetensors", "optimizer.safetensors", "state.json"})
  void every_flipped_or_missing_byte_is_noticed(String name) throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    run.last(TrainingStates.at(3));
    Path file = temporary.resolve("last").resolve(name);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += 29) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(file, bad);
      assertNoticed(run, name);
      Files.write(file, java.util.Arrays.copyOf(good, at));
      assertThatThrownBy(run::last).isInstanceOf(FileException.class);
    }
  }

  /** The state vouches for all other files; its own numbers may be read as others. */
  private static void assertNoticed(RunDirectory run, String name) {
    if (name.equals("state.json")) {
      try {
        run.last();
      } catch (FileException e) {
        assertThat(e).hasMessageContaining("last");
      }
    } else {
      assertThatThrownBy(run::last).isInstanceOf(FileException.class);
    }
  }

  @Test
  void a_state_of_a_newer_version_is_refused() throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    run.last(TrainingStates.at(3));
    Path file = temporary.resolve("last/state.json");
    Files.writeString(file, Files.readString(file).replace("\"format\" : 5", "\"format\" : 7"));
    assertThatThrownBy(run::last)
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": has format 7, but this version of Trifocal reads format 5; use the version"
                + " that wrote it");
  }

  @Test
  void a_state_of_format_4_which_knew_no_callbacks_is_read() throws IOException {
    RunDirectory run = RunDirectory.at(temporary);
    TrainingState state = TrainingStates.at(3);
    run.last(state);
    Path file = temporary.resolve("last/state.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode tree = (ObjectNode) json.readTree(file.toFile());
    tree.put("format", 4).withObject("progress").remove("callbacks");
    json.writeValue(file.toFile(), tree);
    assertThat(run.last())
        .isEqualTo(state.at(state.checkpoint(), state.progress().callbacks(CallbackState.NONE)));
  }

  @Test
  void history_is_an_array_of_flat_objects() throws IOException {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", 0.1 + 0.2);
    metrics.put("accuracy", 0.5);
    metrics.put("val_loss", Double.NaN);
    metrics.put("val_accuracy", 1.0);
    RunDirectory.at(temporary)
        .history(
            List.of(
                new EpochRecord(1, metrics, 1e-3, 12.5), new EpochRecord(2, Map.of(), 1e-4, 0)));
    JsonNode json = new ObjectMapper().readTree(temporary.resolve("history.json").toFile());
    assertThat(json.get(0))
        .hasToString(
            "{\"epoch\":1,\"loss\":0.30000000000000004,\"accuracy\":0.5,\"val_loss\":null,"
                + "\"val_accuracy\":1.0,\"lr\":0.001,\"seconds\":12.5}");
    assertThat(json).hasSize(2);
    assertThat(temporary.resolve("history.csv"))
        .hasContent(
            """
            epoch,loss,accuracy,val_loss,val_accuracy,lr,seconds
            1,0.30000000000000004,0.5,,1.0,0.001,12.5
            2,,,,,1.0E-4,0.0
            """);
  }
}
