package dev.trifocal.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastestBackendTest {
  private static final Graph GRAPH =
      Graph.build("toy", Shape.of(6), x -> x.then("fc", Layer.dense(3)));
  private static final InferenceWorkload WORK =
      InferenceWorkload.of(GRAPH, GRAPH.initialWeights(1), 4);

  /** The repetitions of the default, however short they are. */
  private static final TrialLimits COUNTED = new TrialLimits(5, 11, 0, 10, 2);

  private final FakeClock clock = new FakeClock();
  private final FakeBackend slow = fake("alpha", 0.055);
  private final FakeBackend fast = fake("beta", 0.041);

  @Test
  void the_fastest_backend_is_chosen() {
    BackendChoice choice = among(slow, fast).of(WORK);
    assertThat(choice.backend()).isSameAs(fast);
    assertThat(choice.text()).isEqualTo("backend beta: 41 ms per batch (alpha 55 ms)");
    assertThat(among(fast, slow).of(WORK).backend()).isSameAs(fast);
  }

  @Test
  void the_first_repetitions_and_outliers_do_not_count() {
    FakeBackend warming = fake("warming", 3.0, 2.0, 0.5, 0.06, 0.05, 0.03, 0.5, 0.03);
    assertThat(among(fast, warming).of(WORK).backend()).isSameAs(warming);
    assertThat(warming.runs()).isEqualTo(16);
  }

  @Test
  void short_repetitions_go_on_for_three_seconds_but_not_for_ever() {
    FakeBackend brief = fake("brief", 0.0625);
    FakeBackend briefest = fake("briefest", 0.015625);
    BackendChoice choice = new FastestBackend(List.of(brief, briefest), clock).of(WORK);
    assertThat(choice.backend()).isSameAs(briefest);
    assertThat(brief.runs()).isEqualTo(48);
    assertThat(briefest.runs()).isEqualTo(100);
  }

  @Test
  void a_backend_that_is_much_slower_is_not_measured_to_the_end() {
    FakeBackend slowest = fake("slowest", 0.38);
    BackendChoice choice = among(fast, slowest).of(WORK);
    assertThat(slowest.runs()).isEqualTo(7);
    assertThat(slowest.closed()).isEqualTo(1);
    assertThat(choice.text()).isEqualTo("backend beta: 41 ms per batch (slowest 380 ms)");
  }

  @Test
  void a_trial_ends_when_its_time_is_up() {
    FakeBackend endless = fake("endless", 60.0);
    FakeBackend long4 = fake("long4", 4.0);
    BackendChoice choice = among(endless, long4).of(WORK);
    assertThat(endless.runs()).isEqualTo(1);
    assertThat(long4.runs()).isEqualTo(3);
    assertThat(choice.text()).isEqualTo("backend long4: 4000 ms per batch (endless 60000 ms)");
  }

  @Test
  void backends_that_do_not_start_or_cannot_do_the_work_are_skipped_with_the_reason() {
    BackendProvider unlinked = provider("unlinked", new UnsatisfiedLinkError("no libfake.so"));
    BackendChoice choice = among(unlinked, slow, broken("gamma"), fast).of(WORK);
    assertThat(choice.backend()).isSameAs(fast);
    assertThat(choice.skipped())
        .containsExactly(
            new SkippedBackend("unlinked", "no libfake.so"),
            new SkippedBackend("gamma", "IllegalStateException"));
    assertThat(choice.text())
        .isEqualTo(
            "backend beta: 41 ms per batch"
                + " (alpha 55 ms; skipped unlinked: no libfake.so; skipped gamma: IllegalStateException)");
  }

  @Test
  void a_backend_without_the_device_is_skipped() {
    RunOptions gpu = new RunOptions(new Device(Device.Kind.GPU, 0), 0);
    InferenceWorkload work = new InferenceWorkload(GRAPH, GRAPH.initialWeights(1), 4, gpu);
    assertThatThrownBy(() -> among(slow, fast).of(work))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "toy: no backend can do this work: alpha: backend alpha has no device gpu:0; it has"
                + " [cpu]; beta: backend beta has no device gpu:0; it has [cpu]");
  }

  @Test
  void if_all_fail_one_message_names_each_reason() {
    BackendProvider unlinked = provider("unlinked", new ConfigurationException("no libfake.so"));
    assertThatThrownBy(() -> among(unlinked, broken("gamma"), broken("delta")).of(WORK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "toy: no backend can do this work: unlinked: no libfake.so;"
                + " gamma: IllegalStateException; delta: IllegalStateException");
    assertThatThrownBy(() -> among().of(WORK))
        .hasMessage(
            "no backend is on the class path; add dev.trifocal:trifocal-backend-onnx to the"
                + " dependencies");
  }

  @Test
  void a_single_backend_needs_no_trial() {
    BackendChoice choice = among(slow, provider("x", new ConfigurationException("lost"))).of(WORK);
    assertThat(choice.backend()).isSameAs(slow);
    assertThat(slow.runs()).isZero();
    assertThat(choice.text()).isEqualTo("backend alpha: the only one available (skipped x: lost)");
  }

  @Test
  void durations_have_two_digits_at_least() {
    assertThat(new Measurement("x", 0.6251).duration()).isEqualTo("0.63 ms");
    assertThat(new Measurement("x", 4.06).duration()).isEqualTo("4.1 ms");
    assertThat(new Measurement("x", 9.96).duration()).isEqualTo("10 ms");
  }

  private FastestBackend among(BackendProvider... providers) {
    return new FastestBackend(List.of(providers), clock).limits(COUNTED);
  }

  private FakeBackend fake(String name, Double... seconds) {
    return new FakeBackend(name, "1.0", clock, seconds);
  }

  /** A backend whose predictions fail. */
  private FakeBackend broken(String name) {
    return fake(name, -1.0);
  }

  private static BackendProvider provider(String name, Throwable problem) {
    return new BackendProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Backend create() {
        if (problem instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) problem;
      }
    };
  }
}
