package dev.trifocal.apps.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingProgress;
import dev.trifocal.trainer.TrainingStart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where no one watches, progress is plain lines")
class ProgressLogViewTest {
  private static final TrainingControl CONTROL =
      new TrainingControl(TrainingProgress.start(), 0, 0.1);

  private static final Graph GRAPH = Graph.build("g", Shape.of(4), x -> x.then(Layer.dense(2)));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aboutTenForAnEpochAndOneAtItsEnd() {
    train(1, 157);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).isEqualTo("epoch 1/3  step 16/157  loss 0.1235");
    assertThat(lines.get(8)).isEqualTo("epoch 1/3  step 142/157  loss 0.1235");
    assertThat(lines.get(9)).isEqualTo("epoch 1/3  loss 0.1235  lr 0.00150  2.0 s");
  }

  @Test
  void oneForEachStepOfAShortEpoch() {
    train(1, 3);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            epoch 1/3  step 1/3  loss 0.1235
            epoch 1/3  step 2/3  loss 0.1235
            epoch 1/3  loss 0.1235  lr 0.00150  2.0 s
            """);
  }

  private void train(int epoch, int batches) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(stream, stream, Terminal.Audience.FILE, Path.of(""), Map.of(), Map.of());
    Map<String, Double> loss = Map.of("loss", 0.123456);
    try (ProgressView view = ProgressView.on(terminal)) {
      view.trainingStarted(new TrainingStart(3, batches, epoch, 0, GRAPH));
      for (int batch = 1; batch <= batches; batch++) {
        view.stepEnded(
            new StepEvent(epoch, batch, batches, batch, 0.5, 0.1, loss, Map.of(), Map.of()),
            CONTROL);
      }
      view.epochEnded(new EpochRecord(epoch, loss, 0.0015, 2), CONTROL);
    }
  }
}
