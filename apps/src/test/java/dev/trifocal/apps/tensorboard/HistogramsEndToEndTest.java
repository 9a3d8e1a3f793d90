package dev.trifocal.apps.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.framework.Summary;

@DisplayName("A training writes histograms of weights and gradients")
class HistogramsEndToEndTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void inEveryNthEpochWithEveryEngine(String backend) {
    AppRun run =
        AppRun.in(
            folder,
            "train",
            "--epochs",
            "3",
            "--histograms",
            "2",
            "--backend",
            backend,
            "--out",
            "run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path file = folder.resolve("run/tensorboard/train/events.out.tfevents.0000000001.trifocal");
    assertThat(TensorFlowRecords.read(file))
        .filteredOn(
            event -> event.getSummary().getValueList().stream().anyMatch(Summary.Value::hasHisto))
        .singleElement()
        .satisfies(event -> assertThat(event.getStep()).isEqualTo(2));
    List<Summary.Value> histograms =
        TensorFlowRecords.read(file).stream()
            .flatMap(event -> event.getSummary().getValueList().stream())
            .filter(Summary.Value::hasHisto)
            .toList();
    assertThat(histograms)
        .extracting(Summary.Value::getTag)
        .doesNotHaveDuplicates()
        .contains("weights/conv1.weight", "gradients/conv1.weight");
    assertThat(histograms)
        .allSatisfy(one -> assertThat(one.getHisto().getSumSquares()).isPositive());
  }

  @Test
  void notWithoutEventFiles() {
    AppRun run = AppRun.in(folder, "train", "--histograms", "1", "--no-tensorboard");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("--histograms needs event files");
  }
}
