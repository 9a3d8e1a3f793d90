package dev.trifocal.testkit;

import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps of an optimizer with a loss on a small convolutional network, with the name of their golden
 * values.
 *
 * @param optimizerName the first part of the name
 * @param lossName the second part of the name
 * @param labels the labels of a batch that the loss uses
 */
public record Trajectory(
    String optimizerName, Optimizer optimizer, String lossName, Loss loss, String labels) {
  /** The number of steps. */
  static final int STEPS = 10;

  /** The number of batches, used in turn; the last one is smaller. */
  static final int BATCHES = 3;

  /** Returns every optimizer with every loss. */
  public static List<Trajectory> all() {
    List<Trajectory> result = new ArrayList<>();
    optimizers()
        .forEach(
            (name, optimizer) -> {
              SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
              SoftmaxCrossEntropy weighted = plain.classWeights(LossCase.CLASS_WEIGHTS);
              result.add(new Trajectory(name, optimizer, "ids", plain, "ids"));
              result.add(new Trajectory(name, optimizer, "shares", plain, "shares"));
              SoftmaxCrossEntropy smoothed = plain.labelSmoothing(0.1);
              result.add(new Trajectory(name, optimizer, "smoothed", smoothed, "ids"));
              result.add(new Trajectory(name, optimizer, "weighted", weighted, "ids"));
              result.add(new Trajectory(name, optimizer, "ignoring", plain.ignoreIndex(1), "ids"));
              result.add(
                  new Trajectory(name, optimizer, "binary", new BinaryCrossEntropy(), "shares"));
              result.add(
                  new Trajectory(name, optimizer, "squares", new MeanSquaredError(), "values"));
            });
    return result;
  }

  public static Map<String, Optimizer> optimizers() {
    Map<String, Optimizer> result = new LinkedHashMap<>();
    result.put("sgd", Sgd.of(0.05));
    result.put("sgd_weight_decay", Sgd.of(0.05).weightDecay(0.1));
    result.put("sgd_momentum", Sgd.of(0.02).momentum(0.9).weightDecay(0.01));
    result.put("sgd_nesterov", Sgd.of(0.02).momentum(0.8).nesterov());
    result.put("adam", Adam.of(0.01));
    result.put("adam_weight_decay", Adam.of(0.01).betas(0.8, 0.99).weightDecay(0.1));
    result.put("adamw", AdamW.of(0.01).weightDecay(0.1));
    result.put("nadam", NAdam.of(0.01));
    result.put("nadam_keras", NAdam.of(0.01).weightDecay(0.05).momentumDecay(1));
    result.put("rmsprop", RmsProp.of(0.003));
    result.put("rmsprop_momentum", RmsProp.of(0.002).alpha(0.9).momentum(0.7).weightDecay(0.02));
    result.put("adagrad", Adagrad.of(0.03));
    result.put("adagrad_weight_decay", Adagrad.of(0.03).weightDecay(0.1));
    return result;
  }

  static Graph net() {
    return Graph.build(
        "trajectory",
        Shape.of(2, 7, 6),
        x ->
            x.then("conv", Layer.conv(3, 3).padding(1))
                .then(Layer.relu())
                .then(Layer.maxPool(2))
                .then(Layer.flatten())
                .then("dense", Layer.dense(4)));
  }

  static Graph dropoutNet() {
    return Graph.build(
        "dropout",
        Shape.of(2, 7, 6),
        x ->
            x.then("conv", Layer.conv(3, 3).padding(1))
                .then(Layer.relu())
                .then("drop", Layer.dropout(0.3))
                .then(Layer.flatten())
                .block(
                    "head",
                    v ->
                        v.then("hidden", Layer.dense(6))
                            .then(Layer.tanh())
                            .then("drop", Layer.dropout(0.5)))
                .then("dense", Layer.dense(4)));
  }

  String name() {
    return optimizerName + "/" + lossName;
  }

  @Override
  public String toString() {
    return name();
  }
}
