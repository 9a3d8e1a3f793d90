package dev.trifocal.apps.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AdvisorTest {
  private static final Backend ONNX = Backends.get("onnx");
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.001));
  private static final StepSize SIZE = StepSize.of(64);

  private static final Graph NETWORK =
      Graph.build(
          "net",
          Shape.of(3, 64, 64),
          x ->
              x.then("conv1", Layer.conv(32, 5).padding(2))
                  .then("relu1", Layer.relu())
                  .then("conv2", Layer.conv(32, 3).padding(1))
                  .then("relu2", Layer.relu())
                  .then("pool", Layer.globalAvgPool())
                  .then("flatten", Layer.flatten())
                  .then("fc", Layer.dense(10)));

  @Test
  void eachRemedyIsPredictedOnTheChangedNetwork() {
    Map<String, AdviceRow> rows = rows(ONNX, OptionalLong.empty());
    assertThat(rows.keySet())
        .containsExactly(
            "as it is",
            "accumulate",
            "recompute",
            "optimizer",
            "freeze",
            "stride",
            "kernels",
            "pooling",
            "width",
            "images",
            "16 bits",
            "8 bits");
    StepMemory asItIs =
        ONNX.stepMemory(PLAN, NETWORK, SIZE, RunOptions.DEFAULT.typicalBatchSize(64)).orElseThrow();
    assertThat(figures(rows, "as it is").bytes()).isEqualTo(asItIs.total());
    Graph strided = new SmallerNetworks(NETWORK).largerStride().graph();
    assertThat(figures(rows, "stride").bytes())
        .isEqualTo(
            ONNX.stepMemory(PLAN, strided, SIZE, RunOptions.DEFAULT.typicalBatchSize(64))
                .orElseThrow()
                .total());
    assertThat(figures(rows, "16 bits").bytes())
        .isEqualTo(
            asItIs.total() - (asItIs.batch() + asItIs.activations() + asItIs.workspace()) / 2);
    for (String saving : List.of("accumulate", "freeze", "stride", "pooling", "width", "images")) {
      assertThat(figures(rows, saving).bytes()).as(saving).isLessThan(asItIs.total());
    }
    assertThat(figures(rows, "images").multiplyAdds())
        .isLessThan(figures(rows, "as it is").multiplyAdds() / 3);
    assertThat(rows.get("accumulate").change()).isEqualTo("--batch-size 32 --accumulate 2");
  }

  @Test
  void aLimitDividesBatchesUntilTheyFit() {
    long whole = figures(rows(ONNX, OptionalLong.empty()), "as it is").runBytes();
    Map<String, AdviceRow> rows = rows(ONNX, OptionalLong.of(whole * 2 / 3));
    AdviceRow accumulated = rows.get("accumulate");
    assertThat(accumulated.figures().orElseThrow().runBytes()).isLessThanOrEqualTo(whole * 2 / 3);
    assertThat(accumulated.change()).matches("--batch-size \\d+ --accumulate \\d+");
    assertThat(new AdviceReport(List.copyOf(rows.values()), OptionalLong.of(whole * 2 / 3)).text())
        .containsPattern("(?m)^as it is .* no$")
        .containsPattern("(?m)^accumulate .* yes ");
  }

  @Test
  void whatAnEngineCannotDoSaysWhy() {
    AdviceRow row = rows(Backends.get("djl"), OptionalLong.empty()).get("recompute");
    assertThat(row.figures()).isEmpty();
    assertThat(row.note()).isEqualTo("not possible: only backend onnx recomputes");
  }

  @Test
  void aRemedyThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> remedies(ONNX, OptionalLong.empty()).remedy("strid"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no remedy 'strid' (did you mean stride?)");
  }

  @Test
  void theTableComparesWithTheTrainingAsItIs() {
    AdviceRow.Figures all = new AdviceRow.Figures(1000, 200, 100 << 20, 100 << 20);
    AdviceRow.Figures half = new AdviceRow.Figures(500, 50, 25 << 20, 25 << 20);
    AdviceRow first = new AdviceRow("as it is", "", Optional.of(all), Optional.empty(), "");
    AdviceRow second =
        new AdviceRow("width", "", Optional.of(half), Optional.empty(), "cost")
            .measured(new RemedyMeasurement(1234, 7 << 20, 2, 1.5));
    assertThat(new AdviceReport(List.of(first, second), OptionalLong.empty()).text())
        .isEqualTo(
            """
            remedy    change  parameters  work  MiB  saves  measured  ms/step            loss  note
            as it is               1,000  1.00  100      -         -        -               -
            width                    500  0.25   25   75 %         7    1,234  2.000 -> 1.500  cost""");
  }

  @Test
  void trainingOnSyntheticBatchesLowersTheLoss() {
    Remedy accumulated = remedies(ONNX, OptionalLong.empty()).remedy("accumulate");
    RemedyMeasurement measured = RemedyMeasurement.of(ONNX, accumulated, 10, 42);
    assertThat(measured.lastLoss()).isLessThan(measured.firstLoss());
    assertThat(measured.milliseconds()).isPositive();
  }

  private static Map<String, AdviceRow> rows(Backend backend, OptionalLong available) {
    return new Advisor(remedies(backend, available))
        .rows().stream()
            .collect(
                Collectors.toMap(
                    AdviceRow::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));
  }

  private static Remedies remedies(Backend backend, OptionalLong available) {
    return new Remedies(
        backend, NETWORK, SIZE, PLAN, RunOptions.DEFAULT.typicalBatchSize(64), available);
  }

  private static AdviceRow.Figures figures(Map<String, AdviceRow> rows, String name) {
    return rows.get(name).figures().orElseThrow();
  }
}
