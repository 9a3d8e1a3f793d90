package dev.trifocal.architecture.planted.graph;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Uses an engine outside its backend. */
public final class KnowsNd4j {
  long length(INDArray array) {
    return array.length();
  }
}
