package dev.trifocal.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedChoiceTest {
  private static final TrialLimits COUNTED = new TrialLimits(5, 11, 0, 10, 2);

  /** Repetitions of a trial. */
  private static final int TRIAL = COUNTED.warmUp() + COUNTED.repetitions();

  private static final Graph GRAPH = network(3);
  private static final RunOptions ONE_THREAD = new RunOptions(Device.CPU, 1);

  private final FakeClock clock = new FakeClock();
  private final FakeBackend slow = new FakeBackend("alpha", "1.0", clock, 0.055);
  private final FakeBackend fast = new FakeBackend("beta", "1.0", clock, 0.041);
  private Path file;
  private FastestBackend fastest;

  @BeforeEach
  void measureOnce(@TempDir Path folder) {
    file = folder.resolve("cache").resolve("backends.json");
    fastest =
        new FastestBackend(List.of(slow, fast), clock)
            .limits(COUNTED)
            .remembering(file)
            .processor("2 x Abacus");
    assertThat(fastest.remembered(work(GRAPH, 4))).isEmpty();
    assertThat(slow.runs()).isZero();
    fastest.of(work(GRAPH, 4));
    assertThat(slow.runs()).isEqualTo(TRIAL);
  }

  @Test
  void a_choice_is_remembered() {
    BackendChoice choice = fastest.of(work(GRAPH, 4));
    assertThat(slow.runs()).isEqualTo(TRIAL);
    assertThat(choice.backend()).isSameAs(fast);
    assertThat(choice.text())
        .isEqualTo("backend beta: 41 ms per batch (alpha 55 ms; remembered in %s)".formatted(file));
    assertThat(fastest.remembered(work(GRAPH, 4))).contains(choice);
  }

  @Test
  void it_is_the_remembered_choice_that_counts() {
    FakeBackend faster = new FakeBackend("alpha", "1.0", clock, 0.001);
    FastestBackend later =
        new FastestBackend(List.of(faster, fast), clock)
            .limits(COUNTED)
            .remembering(file)
            .processor("2 x Abacus");
    assertThat(later.of(work(GRAPH, 4)).backend()).isSameAs(fast);
  }

  @Test
  void other_work_is_measured_anew() {
    assertMeasured(fastest, work(network(4), 4));
    assertMeasured(fastest, work(GRAPH, 8));
    assertMeasured(fastest, new InferenceWorkload(GRAPH, GRAPH.initialWeights(1), 4, ONE_THREAD));
    assertThat(fastest.of(work(GRAPH, 4)).remembered()).contains(file);
  }

  @Test
  void another_precision_is_measured_anew() {
    RunOptions bf16 = ONE_THREAD.precision(ComputePrecision.BF16);
    Workload work = new InferenceWorkload(GRAPH, GRAPH.initialWeights(1), 4, ONE_THREAD);
    fastest.of(work);
    assertThat(fastest.remembered(work)).isPresent();
    assertThat(fastest.remembered(new InferenceWorkload(GRAPH, GRAPH.initialWeights(1), 4, bf16)))
        .isEmpty();
  }

  @Test
  void another_machine_is_measured_anew() {
    assertMeasured(fastest.processor("4 x Abacus"), work(GRAPH, 4));
  }

  @Test
  void other_engines_are_measured_anew() {
    FakeBackend updated = new FakeBackend("alpha", "1.1", clock, 0.001);
    FastestBackend later =
        new FastestBackend(List.of(updated, fast), clock)
            .limits(COUNTED)
            .remembering(file)
            .processor("2 x Abacus");
    BackendChoice choice = later.of(work(GRAPH, 4));
    assertThat(choice.backend()).isSameAs(updated);
    assertThat(choice.remembered()).isEmpty();
    FakeBackend third = new FakeBackend("third", "1.0", clock, 0.001);
    FastestBackend more =
        new FastestBackend(List.of(slow, fast, third), clock)
            .limits(COUNTED)
            .remembering(file)
            .processor("2 x Abacus");
    assertThat(more.of(work(GRAPH, 4)).backend()).isSameAs(third);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "{}",
        "[]",
        "{\"format\": 2, \"choices\": []}",
        "{\"format\": 1, \"choices\": null}",
        "{\"format\": 1, \"choices\": [{\"key\": null, \"measurements\": [], \"skipped\": []}]}"
      })
  void a_damaged_file_is_ignored_and_replaced(String content) throws IOException {
    Files.writeString(file, content);
    assertMeasured(fastest, work(GRAPH, 4));
    assertThat(fastest.of(work(GRAPH, 4)).remembered()).contains(file);
  }

  @Test
  void a_remembered_backend_that_there_is_no_more_is_ignored() throws IOException {
    Files.writeString(
        file, Files.readString(file).replace("\"backend\" : \"beta\"", "\"backend\" : \"lost\""));
    assertMeasured(fastest, work(GRAPH, 4));
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_no_error() throws IOException {
    Path blocked = Files.createFile(file.resolveSibling("blocked")).resolve("backends.json");
    FastestBackend forgetful = fastest.remembering(blocked);
    assertMeasured(forgetful, work(GRAPH, 4));
    assertMeasured(forgetful, work(GRAPH, 4));
  }

  private void assertMeasured(FastestBackend choice, Workload workload) {
    int before = slow.runs();
    assertThat(choice.of(workload).remembered()).isEmpty();
    assertThat(slow.runs()).isEqualTo(before + TRIAL);
  }

  private static Graph network(int units) {
    return Graph.build("toy", Shape.of(6), x -> x.then("fc", Layer.dense(units)));
  }

  private static InferenceWorkload work(Graph graph, int batchSize) {
    return InferenceWorkload.of(graph, graph.initialWeights(1), batchSize);
  }
}
