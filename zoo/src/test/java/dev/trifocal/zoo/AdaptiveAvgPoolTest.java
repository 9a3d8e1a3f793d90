package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveAvgPoolTest {
  @Test
  void windows_are_those_of_pytorch() {
    assertThat(EvenWindows.of(14, 4))
        .containsExactly(new EvenWindows(0, 4, 3, 2), new EvenWindows(7, 4, 3, 2));
    assertThat(EvenWindows.of(12, 4)).containsExactly(new EvenWindows(0, 3, 3, 4));
    assertThat(EvenWindows.of(7, 1)).containsExactly(new EvenWindows(0, 7, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({"14, 4", "7, 6", "13, 6", "1, 7", "2, 7", "5, 7", "6, 7", "9, 7", "100, 7"})
  void every_output_has_the_window_of_the_formula(int inputs, int outputs) {
    List<String> windows =
        EvenWindows.of(inputs, outputs).stream().flatMap(AdaptiveAvgPoolTest::windows).toList();
    assertThat(windows).hasSize(outputs);
    for (int i = 0; i < outputs; i++) {
      int start = (int) Math.floor((double) i * inputs / outputs);
      int end = (int) Math.ceil((i + 1.0) * inputs / outputs);
      assertThat(windows.get(i)).isEqualTo(start + "-" + end);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 7, ''", "14, 21, AvgPool2d", "1, 1, Upsample2d"})
  void sizes_that_divide_need_one_layer_and_the_size_itself_none(
      int rows, int columns, String kind) {
    Graph graph = built(rows, columns, 7);
    List<String> kinds =
        graph.nodes().stream().skip(1).map(Node::layer).map(layer -> layer.kind()).toList();
    assertThat(String.join(" ", kinds)).isEqualTo(kind);
    assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2, 7, 7));
  }

  @ParameterizedTest
  @CsvSource({"9, 5", "3, 14", "7, 12", "1, 9", "300, 2"})
  void any_other_size_comes_out_right(int rows, int columns) {
    assertThat(built(rows, columns, 7).output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2, 7, 7));
  }

  private static Stream<String> windows(EvenWindows run) {
    return IntStream.range(0, run.count())
        .map(i -> run.start() + i * run.step())
        .mapToObj(start -> start + "-" + (start + run.length()));
  }

  private static Graph built(int rows, int columns, int size) {
    return Graph.build(
        "pool",
        Shape.of(2, rows, columns),
        image -> image.block("pool", maps -> AdaptiveAvgPool.build(maps, size)));
  }
}
