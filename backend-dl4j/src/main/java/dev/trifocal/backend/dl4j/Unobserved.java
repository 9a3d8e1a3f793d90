package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import java.util.Optional;

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
  public void call(String operator, Runnable call) {
    call.run();
  }
}
