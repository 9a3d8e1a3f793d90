package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import java.util.Map;

/**
 * A compiled graph with its weights, run in evaluation mode. Several threads may run it at the same
 * time; closing it waits for their runs.
 */
public interface Program extends AutoCloseable {
  /**
   * Computes the outputs for a batch.
   *
   * @param inputs tensors by path of the input node, float32 {@code [N, ...]} for any N
   * @return tensors by output name
   * @throws dev.trifocal.error.DataException if an input is missing or has the wrong shape
   * @throws IllegalStateException if the program is closed
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);

  @Override
  void close();
}
