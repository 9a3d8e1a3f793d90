package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.graph.Node;

/** Observes nothing. */
record Unobserved() implements PassObserver {
  @Override
  public void transfer() {}

  @Override
  public void forward(Node node) {}

  @Override
  public PtNDArray computed(Node node, PtNDArray value) {
    return value;
  }

  @Override
  public void backward() {}

  @Override
  public void update() {}

  @Override
  public void update(String parameter) {}
}
