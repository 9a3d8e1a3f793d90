package dev.trifocal.transfer;

import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.InMemoryDataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.BatchBinding;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.FeatureExtractionEvent;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TimedBatches;
import dev.trifocal.trainer.TrainingState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a data set through the frozen front of a network. Opening it starts to load samples in the
 * background.
 */
final class FeatureExtraction implements AutoCloseable {
  /** Maximum size of the cached features, in bytes; larger ones are computed in every step. */
  private static final long MOST_BYTES = 1L << 30;

  private final Dataset data;
  private final int batches;
  private final BatchLoader loader;
  private final Callback callback;

  private FeatureExtraction(Dataset data, int batches, BatchLoader loader, Callback callback) {
    this.data = data;
    this.batches = batches;
    this.loader = loader;
    this.callback = callback;
  }

  /**
   * Returns whether the features of a data set can be cached: samples must be the same in every
   * epoch, and the features must not exceed the maximum size.
   */
  static boolean suits(FrozenBackbone front, TrainingState state, Splits data) {
    Dataset train = data.train();
    boolean same = train.epoch(state.checkpoint().seed(), 1) == train;
    long samples = (long) train.size() + data.validation().map(Dataset::size).orElse(0);
    return same && samples * front.elements() * Float.BYTES <= MOST_BYTES;
  }

  static FeatureExtraction open(Dataset data, FitOptions options, Callback callback) {
    int[] order = Shuffle.NONE.order(data.size(), 0, 0);
    return new FeatureExtraction(
        data,
        BatchLoader.batches(data.size(), options.batchSize()),
        BatchLoader.open(data, order, options.batchSize(), 0, options.loaderThreads()),
        callback);
  }

  /**
   * Returns the data set for the rest of the network; empty if a stop was requested.
   *
   * @param program compiled front
   */
  Optional<Dataset> through(Program program, FrozenBackbone front, StopSignal stop) {
    List<Map<String, Tensor>> labels = new ArrayList<>();
    // Allocated once at full size: concatenating the batches would take twice the memory.
    Tensor features =
        Tensor.make(
            front.front().output(Graph.OUTPUT).shape().batch(data.size()),
            DataType.FLOAT32,
            target -> run(program, front, stop, target, labels));
    return loader.hasNext()
        ? Optional.empty()
        : Optional.of(
            new Features(data, Dataset.of(Map.of(Batch.INPUT, features), joined(labels))));
  }

  private void run(
      Program program,
      FrozenBackbone front,
      StopSignal stop,
      ByteBuffer features,
      List<Map<String, Tensor>> labels) {
    TimedBatches.forEach(
        loader,
        stop,
        callback,
        batch -> program.run(BatchBinding.inputs(front.front(), batch)).get(Graph.OUTPUT),
        (batch, output) -> {
          features.put(output.bytes());
          labels.add(batch.labels());
          callback.extractionBatchEnded(
              new FeatureExtractionEvent(data.name(), labels.size(), batches));
        });
  }

  @Override
  public void close() {
    loader.close();
  }

  private static Map<String, Tensor> joined(List<Map<String, Tensor>> parts) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    parts
        .get(0)
        .keySet()
        .forEach(
            label ->
                result.put(
                    label, Tensor.concat(0, parts.stream().map(p -> p.get(label)).toList())));
    return result;
  }

  /**
   * A data set whose inputs are the values at a node of a frozen network.
   *
   * @param source data set that they were computed from; keeps its name and digest
   * @param features values at the node, with the labels of the same samples
   */
  private record Features(Dataset source, InMemoryDataset features) implements Dataset {
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
      return features.inputShapes();
    }

    @Override
    public boolean isMultiLabel() {
      return source.isMultiLabel();
    }

    @Override
    public List<String> classes() {
      return source.classes();
    }

    @Override
    public Optional<Preprocessing> preprocessing() {
      return source.preprocessing();
    }

    @Override
    public Batch batch(int[] indices) {
      return features.batch(indices);
    }

    @Override
    public String digest() {
      return source.digest();
    }
  }
}
