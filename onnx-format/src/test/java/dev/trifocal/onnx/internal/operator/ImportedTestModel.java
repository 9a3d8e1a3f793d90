package dev.trifocal.onnx.internal.operator;

import dev.trifocal.graph.Node;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.testkit.reference.ReferenceArray;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A graph that was read, for looking at and for running in plain Java. */
record ImportedTestModel(ImportedGraph imported) {
  /** Kinds of layers without the inputs, in the order of the graph. */
  List<String> kinds() {
    return layers().stream().map(Layer::kind).toList();
  }

  List<Layer> layers() {
    return imported.graph().nodes().stream()
        .filter(node -> !imported.graph().inputs().contains(node))
        .map(Node::layer)
        .toList();
  }

  /** The only layer. */
  Layer layer() {
    List<Layer> layers = layers();
    if (layers.size() != 1) {
      throw new AssertionError("not one layer, but " + layers);
    }
    return layers.get(0);
  }

  /** Of one sample, of the first output. */
  Shape shape() {
    return imported.graph().nodes().stream()
        .filter(n -> n.path().equals(imported.graph().outputs().values().iterator().next()))
        .findFirst()
        .orElseThrow()
        .shape();
  }

  Tensor weight(String name) {
    return imported.weights().tensors().get(name);
  }

  /** By name, with shapes. */
  Map<String, Shape> weights() {
    return imported.weights().tensors().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().shape(), (a, b) -> a, TreeMap::new));
  }

  /**
   * The first output for one sample.
   *
   * @param values of the only input, in the graph's order of axes
   */
  float[] run(float... values) {
    return runBatch(1, values);
  }

  float[] runBatch(int batch, float... values) {
    Node input = imported.graph().inputs().get(0);
    Tensor tensor = Tensor.of(input.shape().batch(batch), values);
    Reference reference = Reference.of(imported.graph(), imported.weights());
    Map<String, ReferenceArray> outputs =
        reference.run(Map.of(input.path(), ReferenceArray.of(tensor)));
    return outputs.get(imported.graph().outputs().keySet().iterator().next()).toTensor().toFloats();
  }

  /** Values 0, 1, 2 and so on for one sample. */
  float[] runCounting() {
    int count = (int) imported.graph().inputs().get(0).shape().elements();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return run(values);
  }
}
