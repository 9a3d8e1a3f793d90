package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.profile.StepPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Marks in PyTorch's trace what runs when, because PyTorch knows operators only. A call of {@code
 * aten::eye} separates layers. Autograd runs the backward pass on its own, so each layer's value
 * passes through {@code aten::squeeze} of an axis that cannot be squeezed: it returns the same
 * values, and its backward function appears in the trace before those of the layer.
 */
final class TraceMarks implements PassObserver {
  private final ArrayStore store;
  private final Map<String, String> weightNodes;
  private final Set<String> differentiated;
  private final List<TraceMark> marks = new ArrayList<>();
  private final List<String> recorded = new ArrayList<>();

  TraceMarks(ArrayStore store, Graph graph) {
    this.store = store;
    this.differentiated = graph.leadingToTrained();
    this.weightNodes = graph.weightNodes();
  }

  /** Forgets the marks so far, because the trace starts now. */
  void restart() {
    marks.clear();
  }

  /** Returns what follows each mark, in the order of the trace. */
  List<TraceMark> marks() {
    return List.copyOf(marks);
  }

  @Override
  public void transfer() {
    recorded.clear();
    mark(TraceMark.of(StepPhase.UNKNOWN, List.of()));
  }

  @Override
  public void forward(Node node) {
    mark(TraceMark.of(StepPhase.FORWARD, List.of(node.path())));
  }

  @Override
  public PtNDArray computed(Node node, PtNDArray value) {
    if (!JniUtils.isGradMode() || !differentiated.contains(node.path())) {
      return value;
    }
    long[] sizes = value.getShape().getShape();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] != 1) {
        recorded.add(0, node.path());
        return JniUtils.squeeze(value, axis);
      }
    }
    return value;
  }

  @Override
  public void backward() {
    mark(new TraceMark(StepPhase.BACKWARD, List.of(), recorded));
  }

  @Override
  public void update() {
    mark(TraceMark.of(StepPhase.UPDATE, List.of()));
  }

  @Override
  public void update(String parameter) {
    mark(
        TraceMark.of(
            StepPhase.UPDATE, Optional.ofNullable(weightNodes.get(parameter)).stream().toList()));
  }

  private void mark(TraceMark next) {
    marks.add(next);
    store.mark();
  }
}
