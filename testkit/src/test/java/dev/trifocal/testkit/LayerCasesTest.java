package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the cases, drawn in Java, and the golden values, made in Python, to one another. */
class LayerCasesTest {
  private static final GoldenValues GOLDEN = GoldenValues.load("layers");

  static List<LayerCase> cases() {
    return LayerCases.all();
  }

  @Test
  void java_and_python_have_the_same_cases() {
    assertThat(cases()).extracting(LayerCase::name).doesNotHaveDuplicates();
    assertThat(GOLDEN.cases())
        .containsExactlyInAnyOrderElementsOf(cases().stream().map(LayerCase::name).toList());
  }

  @Test
  void every_layer_has_a_case() {
    Set<Class<?>> covered = new HashSet<>();
    layers().forEach(layer -> covered.add(layer.getClass()));
    assertThat(covered).contains(Layer.class.getPermittedSubclasses());
  }

  @Test
  void every_activation_function_has_a_case() {
    List<Class<?>> covered =
        layers().stream()
            .filter(layer -> layer.getClass() == Activation.class)
            .<Class<?>>map(layer -> ((Activation) layer).function().getClass())
            .toList();
    Class<?>[] functions = ActivationFunction.class.getPermittedSubclasses();
    assertThat(Arrays.asList(functions))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(covered).contains(f));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void golden_values_have_the_shapes_and_names_of_the_graph(LayerCase one) {
    Graph graph = one.graph();
    Map<String, Shape> expected = new TreeMap<>();
    for (Node input : graph.inputs()) {
      expected.put("input/" + input.path(), input.shape().batch(one.batch()));
      expected.put("gradient/" + input.path(), input.shape().batch(one.batch()));
    }
    graph.weightShapes().forEach((name, shape) -> expected.put("weight/" + name, shape));
    graph.trainableShapes().forEach((name, shape) -> expected.put("gradient/" + name, shape));
    graph.nodes().forEach(node -> statistics(node, expected));
    graph
        .outputs()
        .forEach(
            (name, path) -> {
              String suffix = name.equals(Graph.OUTPUT) ? "" : "." + name;
              Node node = graph.node(path);
              expected.put("output" + suffix, node.batchShape(one.batch()));
              expected.put("target" + suffix, node.shape().batch(one.batch()));
            });
    expected.put("loss", Shape.of());
    assertThat(shapes(one)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void golden_values_are_numbers_and_not_all_alike(LayerCase one) {
    GOLDEN
        .below(one.name() + "/")
        .forEach(
            (name, tensor) -> {
              Set<Float> values = new HashSet<>();
              for (float value : tensor.toFloats()) {
                assertThat(value).as(name).isFinite();
                values.add(value);
              }
              if (tensor.shape().elements() > 1) {
                assertThat(values).as(name).hasSizeGreaterThan(1);
              }
            });
  }

  @Test
  void images_are_never_square() {
    for (LayerCase one : cases()) {
      for (Shape input : one.inputs()) {
        if (input.rank() == 3 && input.elements() > input.size(0)) {
          assertThat(input.size(1)).as(one.name()).isNotEqualTo(input.size(2));
        }
      }
    }
  }

  private static List<Layer> layers() {
    return cases().stream().flatMap(one -> one.graph().nodes().stream()).map(Node::layer).toList();
  }

  private static void statistics(Node node, Map<String, Shape> expected) {
    for (Parameter parameter : node.parameters()) {
      if (parameter.role() == Parameter.Role.STATISTIC) {
        expected.put("after/" + node.name(parameter), parameter.shape());
      }
    }
  }

  /** Shapes by name, without what stands only where training differs from evaluation. */
  private static Map<String, Shape> shapes(LayerCase one) {
    Map<String, Tensor> values = new LinkedHashMap<>(GOLDEN.below(one.name() + "/"));
    for (String key : Set.copyOf(values.keySet())) {
      if (key.startsWith("trained_output")) {
        String evaluated = key.substring("trained_".length());
        assertThat(values.remove(key).shape()).isEqualTo(values.get(evaluated).shape());
      }
    }
    Map<String, Shape> result = new TreeMap<>();
    values.forEach((name, tensor) -> result.put(name, tensor.shape()));
    return result;
  }
}
