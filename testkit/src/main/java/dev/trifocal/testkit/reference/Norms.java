package dev.trifocal.testkit.reference;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;

/** Values brought to a common scale. */
interface Norms {
  /** With the batch's own statistics while training, else with the running ones. */
  static Array batchNorm(BatchNorm layer, Site site) {
    Array x = site.input();
    if (site.training().isEmpty()) {
      return normalise(layer, site, site.weight("running_mean"), site.weight("running_var"));
    }
    int channels = x.shape().size(1);
    Array mean = Array.zeros(Shape.of(channels));
    Array variance = Array.zeros(Shape.of(channels));
    double count = (double) x.values().length / channels;
    for (int i = 0; i < x.values().length; i++) {
      mean.values()[Channels.of(x, i)] += x.values()[i] / count;
    }
    for (int i = 0; i < x.values().length; i++) {
      double difference = x.values()[i] - mean.values()[Channels.of(x, i)];
      variance.values()[Channels.of(x, i)] += difference * difference / count;
    }
    double unbiased = count / (count - 1);
    keep(layer, site, "running_mean", mean);
    keep(layer, site, "running_var", variance.map(v -> v * unbiased));
    return normalise(layer, site, mean, variance);
  }

  private static void keep(BatchNorm layer, Site site, String name, Array batch) {
    Array running = site.weight(name);
    double share = layer.momentum();
    site.statistic(
        name,
        Array.fill(
            running.shape(), c -> (1 - share) * running.values()[c] + share * batch.values()[c]));
  }

  private static Array normalise(BatchNorm layer, Site site, Array mean, Array variance) {
    Array x = site.input();
    double[] weight = site.weight("weight").values();
    double[] bias = site.bias().values();
    return Array.fill(
        x.shape(),
        i -> {
          int c = Channels.of(x, i);
          double deviation = Math.sqrt(variance.values()[c] + layer.epsilon());
          double normal = (x.values()[i] - mean.values()[c]) / deviation;
          return normal * weight[c] + bias[c];
        });
  }

  /** A group is a run of neighbouring elements, since its channels are neighbours. */
  static Array groupNorm(GroupNorm layer, Site site) {
    Array x = site.input();
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
    double[] weight = site.weight("weight").values();
    double[] bias = site.bias().values();
    return Array.fill(
        x.shape(),
        i -> {
          double deviation = Math.sqrt(variance[i / size] + layer.epsilon());
          int c = Channels.of(x, i);
          double normal = (x.values()[i] - mean[i / size]) / deviation;
          return normal * weight[c] + bias[c];
        });
  }

  static Array localResponseNorm(LocalResponseNorm layer, Array x) {
    Lanes channels = new Lanes(x.shape(), 1);
    Array result = Array.zeros(x.shape());
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
