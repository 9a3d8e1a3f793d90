package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedWeightsTest {
  private static final Graph NET =
      Graph.build(
          "net",
          Shape.of(3, 8, 8),
          image ->
              image
                  .then("conv", Layer.conv(64, 3))
                  .then("bn", Layer.batchNorm())
                  .then("relu", Layer.relu())
                  .then("flatten", Layer.flatten())
                  .then("fc", Layer.dense(5)));

  private static final Tensor IMAGES =
      Tensor.floats(
          Shape.of(2, 3, 8, 8),
          values -> {
            for (int i = 0; i < values.capacity(); i++) {
              values.put(i, (float) Math.sin(i));
            }
          });

  @Test
  void theModelHoldsSmallWeightsOnly() {
    Weights weights = NET.initialWeights(1);
    try (SharedWeights shared = SharedWeights.of(OnnxExporter.ownSize(NET, weights), weights)) {
      assertThat(shared.weights().keySet())
          .containsExactlyInAnyOrder(
              "conv.weight",
              "conv.bias",
              "bn.weight",
              "bn.bias",
              "bn.running_mean",
              "bn.running_var",
              "fc.weight");
      assertThat(shared.model().getGraph().getInitializerList())
          .filteredOn(one -> shared.weights().containsKey(one.getName()))
          .extracting(TensorProto::getDataLocation)
          .containsOnly(TensorProto.DataLocation.EXTERNAL);
      assertThat(shared.model().getSerializedSize()).isLessThan(8192);
    }
  }

  @Test
  void predictionsAreThoseOfAModelThatHoldsAllWeights() throws Exception {
    Weights weights = NET.initialWeights(1);
    Map<String, Tensor> shared;
    try (Program program = OnnxProgram.open(NET, weights, RunOptions.DEFAULT, OnnxSessions::open)) {
      shared = program.run(Map.of("input", IMAGES));
    }
    try (Program program =
        OnnxProgram.open(
            NET,
            weights,
            RunOptions.DEFAULT,
            (name, model, options, further) ->
                OnnxSessions.open(name, SharedWeights.inlined(model, weights), options))) {
      assertThat(program.run(Map.of("input", IMAGES))).isEqualTo(shared);
    }
  }

  @Test
  void aProgramKeepsTheWeightsThatNothingElseRefersTo() {
    try (Program program =
        OnnxProgram.open(NET, NET.initialWeights(1), RunOptions.DEFAULT, OnnxSessions::open)) {
      Map<String, Tensor> before = program.run(Map.of("input", IMAGES));
      for (int round = 0; round < 3; round++) {
        System.gc();
        // Takes the memory that has been freed, if any.
        NET.initialWeights(2);
      }
      assertThat(program.run(Map.of("input", IMAGES))).isEqualTo(before);
    }
  }

  @Test
  void theStepsOfAFrozenNetworkHoldSmallWeightsOnly() {
    Graph frozen = NET.freezeOnly(node -> !node.path().equals("fc"));
    List<Integer> sizes = new ArrayList<>();
    SessionOpener opener =
        (name, model, options, further) -> {
          model.getGraph().getInitializerList().stream()
              .filter(one -> NET.weightShapes().containsKey(one.getName()))
              .forEach(one -> sizes.add(one.getRawData().size()));
          return OnnxSessions.open(name, model, options, further);
        };
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.1));
    try (OnnxTrainingSession session =
        OnnxTrainingSession.open(
            new OnnxBackend(), plan, Checkpoint.start(frozen, 1), RunOptions.DEFAULT, opener)) {
      session.accumulate(
          Map.of("input", IMAGES), Map.of(Graph.OUTPUT, Tensor.of(Shape.of(2), 0L, 3L)));
    }
    assertThat(sizes).hasSizeGreaterThanOrEqualTo(2 * 6).containsOnly(0);
  }
}
