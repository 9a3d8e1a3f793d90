package dev.trifocal.testkit.reference;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;

/** Normalisation layers. */
final class Norms {
  private Norms() {}

  /** Normalises with the statistics of the batch in training, else with the running statistics. */
  static ReferenceArray batchNorm(BatchNorm layer, NodeContext context) {
    ReferenceArray x = context.input();
    if (context.training().isEmpty()) {
      return normalise(
          layer, context, context.weight("running_mean"), context.weight("running_var"));
    }
    int channels = x.shape().size(1);
    ReferenceArray mean = ReferenceArray.zeros(Shape.of(channels));
    ReferenceArray variance = ReferenceArray.zeros(Shape.of(channels));
    double count = (double) x.values().length / channels;
    for (int i = 0; i < x.values().length; i++) {
      mean.values()[Channels.of(x, i)] += x.values()[i] / count;
    }
    for (int i = 0; i < x.values().length; i++) {
      double difference = x.values()[i] - mean.values()[Channels.of(x, i)];
      variance.values()[Channels.of(x, i)] += difference * difference / count;
    }
    double unbiased = count / (count - 1);
    keep(layer, context, "running_mean", mean);
    keep(layer, context, "running_var", variance.map(v -> v * unbiased));
    return normalise(layer, context, mean, variance);
  }

  private static void keep(
      BatchNorm layer, NodeContext context, String name, ReferenceArray batch) {
    ReferenceArray running = context.weight(name);
    double share = layer.momentum();
    context.statistic(
        name,
        ReferenceArray.fill(
            running.shape(), c -> (1 - share) * running.values()[c] + share * batch.values()[c]));
  }

  private static ReferenceArray normalise(
      BatchNorm layer, NodeContext context, ReferenceArray mean, ReferenceArray variance) {
    ReferenceArray x = context.input();
    double[] weight = context.weight("weight").values();
    double[] bias = context.bias().values();
    return ReferenceArray.fill(
        x.shape(),
        i -> {
          int c = Channels.of(x, i);
          double deviation = Math.sqrt(variance.values()[c] + layer.epsilon());
          double normal = (x.values()[i] - mean.values()[c]) / deviation;
          return normal * weight[c] + bias[c];
        });
  }

  /** Normalises groups, which are contiguous elements because their channels are adjacent. */
  static ReferenceArray groupNorm(GroupNorm layer, NodeContext context) {
    ReferenceArray x = context.input();
    int size = x.values().length / (x.shape().size(0) * layer.groups());
    double[] mean = new double[x.values().length / size];
    double[] variance = new double[mean.length];
    for (int i = 0; i < x.values().length; i++) {
      mean[i / size] += x.values()[i] / size;
    }
    for (int i = 0; i < x.values().length; i++) {
      double difference = x.values()[i] - mean[i / size];
      variance[i / size] += difference * difference / size;
    }
    double[] weight = context.weight("weight").values();
    double[] bias = context.bias().values();
    return ReferenceArray.fill(
        x.shape(),
        i -> {
          double deviation = Math.sqrt(variance[i / size] + layer.epsilon());
          int c = Channels.of(x, i);
          double normal = (x.values()[i] - mean[i / size]) / deviation;
          return normal * weight[c] + bias[c];
        });
  }

  static ReferenceArray localResponseNorm(LocalResponseNorm layer, ReferenceArray x) {
    AxisLines channels = new AxisLines(x.shape(), 1);
    ReferenceArray result = ReferenceArray.zeros(x.shape());
    for (int lane = 0; lane < channels.count(); lane++) {
      for (int c = 0; c < channels.size(); c++) {
        double squares = 0;
        for (int i = c - layer.size() / 2; i <= c + (layer.size() - 1) / 2; i++) {
          if (i >= 0 && i < channels.size()) {
            double neighbour = x.values()[channels.offset(lane, i)];
            squares += neighbour * neighbour;
          }
        }
        double scale = layer.k() + layer.alpha() / layer.size() * squares;
        int place = channels.offset(lane, c);
        result.values()[place] = x.values()[place] / Math.pow(scale, layer.beta());
      }
    }
    return result;
  }
}
