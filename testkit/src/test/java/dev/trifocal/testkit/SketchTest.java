package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.testkit.sketch.Move;
import dev.trifocal.testkit.sketch.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SketchTest {
  private static final int MANY = 300;

  @Test
  void any_numbers_make_a_graph_and_many_graphs_have_every_layer() {
    Set<Class<?>> seen = new HashSet<>();
    Map<Integer, Integer> outputs = new HashMap<>();
    int unsteady = 0;
    for (int i = 0; i < MANY; i++) {
      Sketch sketch = Sketch.draw(i, moves(i));
      sketch.graph().nodes().forEach(node -> seen.add(node.layer().getClass()));
      outputs.merge(sketch.graph().outputs().size(), 1, Integer::sum);
      unsteady += new SketchTrial(sketch).isSteady() ? 0 : 1;
    }
    assertThat(seen).containsAll(Arrays.asList(Layer.class.getPermittedSubclasses()));
    assertThat(outputs).containsKeys(1, 2, 3);
    assertThat(unsteady).isLessThan(MANY / 10);
  }

  private static List<Move> moves(int seed) {
    RandomStream stream = RandomStream.of(seed);
    List<Move> result = new ArrayList<>();
    for (int i = 0; i < 1 + stream.below(0, 9); i++) {
      RandomStream move = stream.at(i);
      result.add(
          new Move(
              move.below(0, 1000),
              move.below(1, 1000),
              move.below(2, 1000),
              move.below(3, 1000),
              move.below(4, 1000)));
    }
    return result;
  }
}
