package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import java.util.Map;

/** A graph with its weights, ready to run in evaluation mode. Not for several threads at once. */
public interface Program extends AutoCloseable {
  /**
   * @param inputs by the path of the input node: float32 {@code [N, ...]}, any N
   * @return by output name
   * @throws dev.trifocal.error.DataException if an input is missing or has another shape
   * @throws IllegalStateException after {@link #close}
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);

  @Override
  void close();
}
