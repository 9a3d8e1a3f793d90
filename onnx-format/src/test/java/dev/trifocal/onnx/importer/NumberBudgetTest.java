package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few bytes cannot ask for gigabytes. */
@Timeout(30)
class NumberBudgetTest {
  private static final String TOO_MANY = " numbers, too many for a file of this size";

  @Test
  void a_constant_of_any_shape_is_counted_before_it_is_made() {
    TestModelBuilder sketch = TestModelBuilder.plain().ints("sizes", 1 << 15, 1 << 15);
    sketch.node("ConstantOfShape", "sizes", "c").node("Add", "x c", "y");
    refused(
        sketch, "node 'ConstantOfShape_c' (ConstantOfShape): produces 1,073,741,824" + TOO_MANY);
  }

  @Test
  void many_constants_are_counted_together() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("x", 1, 1).output("s99");
    sketch.ints("one", 1).ints("sizes", 1 << 20);
    for (int i = 0; i < 100; i++) {
      sketch.node("Expand", "one sizes", "c" + i);
    }
    sketch.node("Add", "c0 c1", "s1");
    for (int i = 2; i < 100; i++) {
      sketch.node("Add", "s%d c%d".formatted(i - 1, i), "s" + i);
    }
    assertThat(sketch.obstacles()).hasSizeGreaterThan(50).allMatch(o -> o.endsWith(TOO_MANY));
  }

  @Test
  void ranges_expansions_and_gathered_rows_are_counted() {
    refused(
        TestModelBuilder.plain()
            .ints("zero", 0)
            .ints("many", Integer.MAX_VALUE)
            .ints("one", 1)
            .node("Range", "zero many one", "c")
            .node("Add", "x c", "y"),
        "node 'Range_c' (Range): produces 2,147,483,647" + TOO_MANY);
    refused(
        TestModelBuilder.plain()
            .ints("one", 1)
            .ints("sizes", 1 << 14, 1 << 14)
            .node("Expand", "one sizes", "c")
            .node("Add", "x c", "y"),
        "node 'Expand_c' (Expand): produces 268,435,456" + TOO_MANY);
    refused(
        TestModelBuilder.plain()
            .ints("one", 1)
            .ints("sizes", 1 << 13)
            .node("Expand", "one sizes", "row")
            .node("Unsqueeze", "row one", "column")
            .node("Mul", "row column", "c")
            .node("Add", "x c", "y"),
        "node 'Mul_c' (Mul): produces 67,108,864" + TOO_MANY);
  }

  @Test
  void a_weight_that_very_many_layers_read_is_counted_each_time() {
    float[] weight = new float[1 << 16];
    TestModelBuilder sketch = TestModelBuilder.empty().input("v0", 1, 256).output("v2000");
    sketch.floats("w", List.of(256L, 256L), weight);
    for (int i = 0; i < 2000; i++) {
      sketch.node("MatMul", "v%d w".formatted(i), "v" + (i + 1));
    }
    assertThat(sketch.obstacles()).hasSize(1).allMatch(o -> o.endsWith(TOO_MANY));
  }

  @Test
  void channels_of_which_there_are_very_many_are_not_scaled_one_by_one() {
    TestModelBuilder sketch =
        TestModelBuilder.empty().input("x", 1, Integer.MAX_VALUE - 1).output("y");
    refused(
        sketch.node("Neg", "x", "y"),
        "node 'Neg_y' (Neg): scales too many channels: 2,147,483,646");
    TestModelBuilder added =
        TestModelBuilder.empty().input("x", 1, Integer.MAX_VALUE - 1).output("y");
    assertThat(added.floats("two", List.of(1L), 2).node("Mul", "x two", "y").layers())
        .containsExactly("LearnableInput", "Multiply");
  }

  @Test
  void axes_of_which_there_are_very_many_are_refused() {
    long[] ones = new long[1_000_000];
    Arrays.fill(ones, 1);
    AttributeProto axes = TestModelBuilder.numbers("axes", ones);
    assertThat(
            TestModelBuilder.plain()
                .ints("sizes", ones)
                .node("Expand", "sizes sizes", "c")
                .node("Add", "x c", "y")
                .obstacles())
        .hasSize(1)
        .first()
        .asString()
        .contains("constant of 1000000 axes is not supported");
    TestModelBuilder sketch = TestModelBuilder.plain().node("Unsqueeze", "x", "y", axes);
    sketch.model().getOpsetImportBuilder(0).setVersion(11);
    assertThat(sketch.obstacles()).hasSize(1);
    TestModelBuilder shape =
        TestModelBuilder.plain().ints("sizes", ones).node("Reshape", "x sizes", "y");
    assertThat(shape.obstacles()).hasSize(1);
  }

  private static void refused(TestModelBuilder sketch, String message) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(sketch.obstacles()).containsExactly(message);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50L << 20);
  }
}
