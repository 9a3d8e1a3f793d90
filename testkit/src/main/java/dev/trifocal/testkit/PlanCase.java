package dev.trifocal.testkit;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.train.WeightDecayScope;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training plan with the name of its golden values. */
record PlanCase(String name, TrainingPlan plan) {
  /** The number of steps of the first phase, if there are two. */
  static final int PHASE = 5;

  static List<PlanCase> all() {
    Clipping.ByGlobalNorm norm = new Clipping.ByGlobalNorm(2.2);
    List<PlanCase> result = new ArrayList<>();
    optimizers()
        .forEach(
            (name, optimizer) -> {
              TrainingPlan plain = TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
              TrainingPlan weights = plain.decay(WeightDecayScope.WEIGHTS);
              TrainingPlan value = plain.clipping(new Clipping.ByValue(0.5));
              result.add(new PlanCase(name + "/value", value));
              result.add(new PlanCase(name + "/norm", plain.clipping(norm)));
              result.add(new PlanCase(name + "/weights", weights));
              result.add(new PlanCase(name + "/norm_weights", weights.clipping(norm)));
            });
    return result;
  }

  /** Returns the optimizers, each with weight decay. */
  static Map<String, Optimizer> optimizers() {
    Map<String, Optimizer> result = new LinkedHashMap<>();
    result.put("sgd", Sgd.of(0.02).momentum(0.9).weightDecay(0.1));
    result.put("adam", Adam.of(0.01).weightDecay(0.1));
    result.put("adamw", AdamW.of(0.01).weightDecay(0.5));
    result.put("nadam", NAdam.of(0.01).weightDecay(0.1));
    result.put("rmsprop", RmsProp.of(0.003).weightDecay(0.1));
    result.put("adagrad", Adagrad.of(0.03).weightDecay(0.1));
    return result;
  }

  /** Returns a plan with learning rates per group, as in the script that makes the values. */
  static TrainingPlan grouped(String optimizer) {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizers().get(optimizer))
        .rates(List.of(new ParameterGroup("conv", 0.1), new ParameterGroup("norm", 3)));
  }

  /** Returns the plan of the first phase. */
  static TrainingPlan firstPhase() {
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizers().get("sgd"));
  }

  /**
   * A network with parameters of one and of several axes; the norm would cancel a bias before it.
   */
  static Graph net() {
    return Graph.build(
        "plan",
        Shape.of(2, 7, 6),
        x ->
            x.then("conv", Layer.conv(3, 3).padding(1).withoutBias())
                .then("norm", Layer.batchNorm())
                .then(Layer.relu())
                .then(Layer.maxPool(2))
                .then(Layer.flatten())
                .then("dense", Layer.dense(4)));
  }

  /** A learnable image followed by a frozen convolution; the graph has no input. */
  static Graph pictureNet() {
    GraphBuilder builder = new GraphBuilder("picture");
    return builder
        .output(
            Graph.OUTPUT,
            builder
                .learned("picture", Shape.of(2, 6, 5), new Initializer.Constant(0))
                .then("conv", Layer.conv(3, 3))
                .then(Layer.tanh()))
        .graph()
        .freeze("conv");
  }

  @Override
  public String toString() {
    return name;
  }
}
