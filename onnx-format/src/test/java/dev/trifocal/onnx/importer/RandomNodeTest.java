package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operator.OperatorTable;
import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every operator with inputs and attributes at random: it is read, or the reason is said. */
class RandomNodeTest {
  private static final int NODES = Integer.getInteger("trifocal.nodes", 4_000);

  private static final List<String> ATTRIBUTES =
      List.of(
          "axis",
          "axes",
          "perm",
          "pads",
          "kernel_shape",
          "strides",
          "dilations",
          "group",
          "output_shape",
          "blocksize",
          "to",
          "split",
          "keepdims",
          "num_groups",
          "transB",
          "transA",
          "start",
          "end",
          "starts",
          "ends",
          "steps",
          "value_ints",
          "value_int",
          "allowzero",
          "shape",
          "size",
          "output_padding",
          "num_outputs",
          "ceil_mode",
          "spatial",
          "scales",
          "broadcast",
          "noop_with_empty_axes",
          "exclusive",
          "k",
          "largest",
          "batch_dims");

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    -1,
    -2,
    -3,
    5,
    64,
    65_537,
    1L << 31,
    -(1L << 31),
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    (1L << 31) - 1
  };

  private RandomStream stream;
  private long next;

  @Test
  @Timeout(300)
  void every_node_is_read_or_refused_in_words() {
    List<String> operators =
        new ArrayList<>(Folding.standard().operators().stream().sorted().toList());
    OperatorTable.standard().all().forEach(operator -> operators.add(operator.name()));
    for (int i = 0; i < NODES; i++) {
      stream = RandomStream.of(11).at(i);
      next = 0;
      String operator = operators.get(i % operators.size());
      TestModelBuilder sketch = sketch(operator);
      try {
        assertThat(sketch.obstacles())
            .as("%s, %d", operator, i)
            .noneMatch(o -> o.contains(Interpreter.UNFORESEEN));
      } catch (TrifocalException e) {
        assertThat(e).hasMessageStartingWith("model.onnx: ");
      }
    }
  }

  private TestModelBuilder sketch(String operator) {
    TestModelBuilder sketch = TestModelBuilder.empty().output("y");
    int rank = below(5);
    long[] sizes = new long[rank + 1];
    for (int axis = 1; axis <= rank; axis++) {
      sizes[axis] = 1L + below(4);
    }
    sizes[0] = 1L + below(2);
    sketch.input("x", sizes).input("z", 1, 2, 3, 4);
    sketch.ints("i", numbers(below(5))).ints("j", number()).ints("none");
    sketch.floats("f", List.of(), 1).floats("w", List.of(2L, 3L, 1L, 1L), 1, 2, 3, 4, 5, 6);
    sketch.floats("m", List.of(2L, 2L), 1, 2, 3, 4).floats("v", List.of(2L), 1, 2);
    sketch.floats("empty", List.of(0L, 3L));
    List<String> names =
        List.of("x", "x", "x", "z", "i", "i", "j", "f", "w", "m", "v", "-", "none", "empty", "s");
    sketch.node("Shape", "x", "s");
    List<String> inputs = new ArrayList<>();
    for (int i = below(5); i >= 0; i--) {
      inputs.add(names.get(below(names.size())));
    }
    if (below(4) > 0) {
      inputs.set(0, "x");
    }
    AttributeProto[] attributes = new AttributeProto[below(4)];
    for (int i = 0; i < attributes.length; i++) {
      String name = ATTRIBUTES.get(below(ATTRIBUTES.size()));
      attributes[i] =
          below(2) == 0
              ? TestModelBuilder.number(name, number())
              : TestModelBuilder.numbers(name, numbers(below(6)));
    }
    sketch.node(
        operator, String.join(" ", inputs), below(3) == 0 ? "y more - again" : "y", attributes);
    sketch.model().getOpsetImportBuilder(0).setVersion(6 + below(18));
    return sketch;
  }

  private int below(int bound) {
    return stream.below(next++, bound);
  }

  private long number() {
    return below(2) == 0 ? below(5) - 1 : NUMBERS[below(NUMBERS.length)];
  }

  private long[] numbers(int count) {
    long[] result = new long[count];
    for (int i = 0; i < count; i++) {
      result[i] = number();
    }
    return result;
  }
}
