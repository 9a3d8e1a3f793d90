package dev.trifocal.testkit;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.TransferTrainer;
import dev.trifocal.transfer.Unfreezing;
import java.util.List;
import java.util.Map;

/** A small pretrained network, and small images of two classes for transfer learning. */
final class PretrainedModel {
  static final Shape SAMPLE = Shape.of(2, 6, 5);

  static final FitOptions OPTIONS = FitOptions.of(1, 8);

  /** A plan with a falling rate, which reveals a phase that starts elsewhere in its schedule. */
  static final TransferPlan PLAN =
      TransferPlan.of(TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.02)))
          .frozenEpochs(2)
          .fineTune(2, new Unfreezing.From("block2"));

  private PretrainedModel() {}

  /** A network with batch norm, a shortcut, and a head for other classes. */
  static Graph base() {
    return Graph.build(
        "pretrained",
        SAMPLE,
        v ->
            v.then("conv1", Layer.conv(4, 3).padding(1))
                .block("block1", PretrainedModel::block)
                .block("block2", PretrainedModel::block)
                .then("pool", Layer.globalAvgPool())
                .then("flatten", Layer.flatten())
                .then("fc", Layer.dense(5)));
  }

  static TrainingState start() {
    return TransferTrainer.start(
        base(), base().initialWeights(9), PLAN, List.of("flat", "steep"), 3);
  }

  static Splits data() {
    return new Splits(
        new Slopes("slopes/train", 20), new Slopes("slopes/val", 11), new Slopes("slopes/test", 9));
  }

  private static Value block(Value v) {
    return v.then("conv", Layer.conv(4, 3).padding(1))
        .then("bn", Layer.batchNorm())
        .plus(v)
        .then("relu", Layer.relu());
  }

  /** Noise, with a slope added to every other sample. */
  record Slopes(String name, int size) implements Dataset {
    @Override
    public Map<String, Shape> inputShapes() {
      return Map.of(Batch.INPUT, SAMPLE);
    }

    @Override
    public List<String> classes() {
      return List.of("flat", "steep");
    }

    @Override
    public Batch batch(int[] indices) {
      long[] labels = new long[indices.length];
      int pixels = (int) SAMPLE.elements();
      Tensor inputs =
          Tensor.floats(
              SAMPLE.batch(indices.length),
              buffer -> {
                for (int n = 0; n < indices.length; n++) {
                  labels[n] = indices[n] % 2;
                  RandomStream noise = RandomStream.of(7).at(name).at(indices[n]);
                  for (int i = 0; i < pixels; i++) {
                    buffer.put((float) (noise.gaussian(i) + labels[n] * i / 20.0));
                  }
                }
              });
      return Batch.of(inputs, Tensor.of(Shape.of(indices.length), labels));
    }

    @Override
    public String digest() {
      return name + size;
    }
  }

  /** A data set with the same samples, but without the promise that they are the same each time. */
  record Anew(Dataset source) implements Dataset {
    @Override
    public Dataset epoch(long seed, int epoch) {
      return new Anew(source);
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Map<String, Shape> inputShapes() {
      return source.inputShapes();
    }

    @Override
    public List<String> classes() {
      return source.classes();
    }

    @Override
    public Batch batch(int[] indices) {
      return source.batch(indices);
    }

    @Override
    public String digest() {
      return source.digest();
    }
  }
}
