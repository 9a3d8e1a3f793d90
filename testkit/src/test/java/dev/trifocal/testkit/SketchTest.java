package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Layer;
import dev.trifocal.testkit.randomgraph.RandomGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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
      RandomGraph sketch = RandomGraph.random(i);
      sketch.graph().nodes().forEach(node -> seen.add(node.layer().getClass()));
      outputs.merge(sketch.graph().outputs().size(), 1, Integer::sum);
      unsteady += new RandomGraphTrial(sketch).isSteady() ? 0 : 1;
    }
    assertThat(seen).containsAll(Arrays.asList(Layer.class.getPermittedSubclasses()));
    assertThat(outputs).containsKeys(1, 2, 3);
    assertThat(unsteady).isLessThan(MANY / 10);
  }
}
