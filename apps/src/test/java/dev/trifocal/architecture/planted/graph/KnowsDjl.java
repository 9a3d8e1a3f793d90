package dev.trifocal.architecture.planted.graph;

import ai.djl.ndarray.NDArray;

/** Uses an engine outside its backend. */
public final class KnowsDjl {
  String type(NDArray array) {
    return array.getShape().toString();
  }
}
