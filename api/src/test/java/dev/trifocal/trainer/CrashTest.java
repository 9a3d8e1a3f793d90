package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Saving dies after each of its acts in turn, and half-way through those that take many. */
class CrashTest {
  private static final TrainingState OLD = TrainingStates.at(1);
  private static final TrainingState NEW = TrainingStates.at(2);
  private static final TrainingState NEXT = TrainingStates.at(3);

  @TempDir Path folder;

  static IntStream acts() {
    return IntStream.rangeClosed(0, RunDirectory.at(Path.of("any")).steps("last", NEW).size());
  }

  @ParameterizedTest(name = "after {0} acts")
  @MethodSource("acts")
  void the_old_state_or_the_new_one_is_there(int acts) throws IOException {
    RunDirectory.at(folder).last(OLD);
    die(acts, NEW);
    RunDirectory resumed = RunDirectory.at(folder);
    assertThat(resumed.hasLast()).isTrue();
    assertThat(resumed.last()).isIn(OLD, NEW);
    assertNextSaveClearsUp(resumed);
  }

  @ParameterizedTest(name = "after {0} acts")
  @MethodSource("acts")
  void a_first_save_that_dies_leaves_the_state_or_none(int acts) throws IOException {
    die(acts, NEW);
    RunDirectory resumed = RunDirectory.at(folder);
    if (resumed.hasLast()) {
      assertThat(resumed.last()).isEqualTo(NEW);
    }
    assertNextSaveClearsUp(resumed);
  }

  @ParameterizedTest(name = "after {0} acts")
  @MethodSource("acts")
  void a_second_death_does_no_more_harm_than_the_first(int acts) throws IOException {
    for (int second : new int[] {1, 2, 3, 6}) {
      RunDirectory.at(folder).last(OLD);
      die(acts, NEW);
      die(second, NEXT);
      assertThat(RunDirectory.at(folder).last()).isIn(OLD, NEW, NEXT);
    }
  }

  @Test
  void both_outcomes_occur() throws IOException {
    List<TrainingState> found = new ArrayList<>();
    for (int acts : acts().toArray()) {
      RunDirectory.at(folder).last(OLD);
      die(acts, NEW);
      found.add(RunDirectory.at(folder).last());
    }
    assertThat(found).startsWith(OLD).endsWith(NEW).contains(OLD, NEW);
  }

  @Test
  void a_half_deleted_old_folder_does_no_harm() throws IOException {
    RunDirectory run = RunDirectory.at(folder);
    run.last(OLD);
    die((int) acts().count() - 2, NEW);
    Files.delete(folder.resolve("last.old/state.json"));
    assertThat(run.last()).isEqualTo(NEW);
    assertNextSaveClearsUp(run);
  }

  @Test
  void a_half_written_new_folder_does_no_harm() throws IOException {
    RunDirectory run = RunDirectory.at(folder);
    run.last(OLD);
    Files.createDirectories(folder.resolve("last.new"));
    Files.writeString(folder.resolve("last.new/.graph.json.17-0.tmp"), "{");
    Files.writeString(folder.resolve("last.new/state.json"), "{");
    assertThat(run.last()).isEqualTo(OLD);
    assertNextSaveClearsUp(run);
  }

  @Test
  void a_save_that_fails_keeps_the_old_state_and_gives_the_room_back() throws IOException {
    RunDirectory run = RunDirectory.at(folder);
    run.last(OLD);
    AtomicFolder swap = new AtomicFolder(folder.resolve("last"));
    List<AtomicFolder.Step> writing =
        List.of(
            () -> Files.writeString(swap.fresh().resolve("graph.json"), "{}"),
            () -> {
              throw new IOException("No space left on device");
            });
    assertThatThrownBy(() -> swap.run(swap.steps(writing)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("No space left on device");
    assertThat(run.last()).isEqualTo(OLD);
    assertOnlyLast();
  }

  private void die(int acts, TrainingState state) throws IOException {
    for (AtomicFolder.Step step : RunDirectory.at(folder).steps("last", state).subList(0, acts)) {
      step.run();
    }
  }

  private void assertNextSaveClearsUp(RunDirectory run) throws IOException {
    run.last(NEXT);
    assertThat(run.last()).isEqualTo(NEXT);
    assertOnlyLast();
  }

  private void assertOnlyLast() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("last"));
    }
  }
}
