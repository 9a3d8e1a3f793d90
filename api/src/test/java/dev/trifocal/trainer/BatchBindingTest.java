package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchBindingTest {
  private static final Tensor X = Tensor.of(Shape.of(1, 2), 1f, 2);
  private static final Tensor Y = Tensor.of(Shape.of(1, 2), 3f, 4);

  @Test
  void theOnlyInputGoesToTheOnlyInputWhateverItsName() {
    Graph graph = Graph.build("net", Shape.of(2), x -> x.then(Layer.dense(1)));
    Batch batch = new Batch(Map.of("pixels", X), Map.of());
    assertThat(BatchBinding.inputs(graph, batch)).isEqualTo(Map.of(Graph.INPUT, X));
  }

  @Test
  void severalInputsGoWhereTheirNamesSay() {
    Map<String, Tensor> inputs = Map.of("left", X, "right", Y);
    assertThat(BatchBinding.inputs(siamese(), new Batch(inputs, Map.of()))).isEqualTo(inputs);
    assertThatThrownBy(
            () ->
                BatchBinding.inputs(siamese(), new Batch(Map.of("left", X, "wrong", Y), Map.of())))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "siamese has inputs [left, right], but the batch has [left, wrong]; use the same"
                + " names");
  }

  @Test
  void theOnlyLabelGoesToEveryOutputAndSeveralGoWhereTheirNamesSay() {
    assertThat(BatchBinding.label(Batch.of(X, Y), "aux")).isEqualTo(Y);
    Batch two = new Batch(Map.of("input", X), Map.of("a", X, "b", Y));
    assertThat(BatchBinding.label(two, "b")).isEqualTo(Y);
    assertThatThrownBy(() -> BatchBinding.label(two, "output"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("output 'output' has no label: the data has labels [");
  }

  private static Graph siamese() {
    GraphBuilder builder = new GraphBuilder("siamese");
    return builder
        .output(
            "output", builder.input("left", Shape.of(2)).plus(builder.input("right", Shape.of(2))))
        .graph();
  }
}
