package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Observes nothing. */
record Unobserved() implements CallObserver {
  @Override
  public void outsideLayers() {}

  @Override
  public void forward(Node node) {}

  @Override
  public void backward(Node node) {}

  @Override
  public void update(Optional<String> parameter) {}

  @Override
  public void call(String operator, List<INDArray> arrays, Runnable call) {
    call.run();
  }
}
