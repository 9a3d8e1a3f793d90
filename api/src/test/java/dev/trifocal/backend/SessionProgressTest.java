package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import org.junit.jupiter.api.Test;

class SessionProgressTest {
  private final SessionProgress progress =
      SessionProgress.of(
          Checkpoint.start(
              Graph.build("small", Shape.of(2), x -> x.then("dense", Layer.dense(1))), 42));

  @Test
  void anUpdateUsesAllGradientsAndCountsOneStep() {
    progress.accumulated(3);
    progress.accumulated(2);
    assertThat(progress.pending()).isEqualTo(5);

    progress.updated();

    assertThat(progress.pending()).isZero();
    assertThat(progress.step()).isEqualTo(1);
    assertThat(progress.next()).isEqualTo(2);
  }

  @Test
  void missingGradientsAreToldWithTheNameOfTheGraph() {
    assertThatThrownBy(progress::requireGradients)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("small: there are no gradients yet");
    progress.accumulated(1);
    progress.requireGradients();
  }

  @Test
  void aSessionClosesOnce() {
    progress.requireOpen();
    progress.accumulated(1);

    assertThat(progress.close()).isTrue();
    assertThat(progress.close()).isFalse();

    assertThatThrownBy(progress::requireOpen).hasMessage("small: the session is closed");
    assertThatThrownBy(progress::beginStep).hasMessage("small: the session is closed");
    assertThatThrownBy(progress::requireGradients).hasMessage("small: the session is closed");
  }
}
