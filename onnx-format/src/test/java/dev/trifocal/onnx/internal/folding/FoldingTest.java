package dev.trifocal.onnx.internal.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.internal.file.ExternalData;
import dev.trifocal.onnx.internal.file.TensorContents;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.FileContext;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.NumberType;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Arithmetic on sizes, of which the first one counts samples. */
class FoldingTest {
  /** The shape of data with samples of [3, 8]. */
  private static final ConstantValue SHAPE = shape(1, 3, 8);

  private record Nothing() implements FileContext {
    @Override
    public Optional<NodeCall> maker(String value) {
      return Optional.empty();
    }

    @Override
    public int uses(String value) {
      return 1;
    }

    @Override
    public OptionalLong batch() {
      return OptionalLong.empty();
    }

    @Override
    public void make(long numbers) {
      // A single node may make as many as it likes.
    }

    @Override
    public void fill(long numbers) {
      // As above.
    }

    @Override
    public ConstantValue contents(TensorProto tensor) {
      return new TensorContents(new ExternalData(Path.of("none"))).of(tensor);
    }
  }

  /** Numbers of which the first is to be multiplied with the batch size. */
  private static ConstantValue shape(double... values) {
    BitSet first = new BitSet();
    first.set(0);
    return ConstantValue.of(List.of(values.length), NumberType.INTEGER, values, first);
  }

  private static ConstantValue fold(
      String operator, List<ConstantValue> inputs, AttributeProto... attributes) {
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .addOutput("y")
            .addAllAttribute(Arrays.asList(attributes))
            .build();
    List<Optional<Operand>> operands = inputs.stream().map(n -> Optional.<Operand>of(n)).toList();
    NodeCall call = new NodeCall(new OnnxNode(node), 13, operands, new Nothing());
    return Folding.standard().fold(call).get(0);
  }

  private static ConstantValue real(double... values) {
    return ConstantValue.of(List.of(values.length), NumberType.REAL, values);
  }

  private static void expect(ConstantValue actual, ConstantValue expected) {
    assertThat(actual.sizes()).isEqualTo(expected.sizes());
    for (int i = 0; i < expected.count(); i++) {
      assertThat(actual.at(i)).isEqualTo(expected.at(i));
      assertThat(actual.perBatch(i)).isEqualTo(expected.perBatch(i));
    }
  }

  @Test
  void the_sum_of_two_batches_counts_batches() {
    expect(fold("Add", List.of(shape(2), shape(3))), shape(5));
  }

  @Test
  void the_quotient_of_two_batches_is_a_plain_number() {
    expect(fold("Div", List.of(shape(6), shape(3))), ConstantValue.integers(2));
  }

  @Test
  void whole_parts_of_a_batch_are_known() {
    expect(fold("Div", List.of(shape(6), ConstantValue.integers(3))), shape(2));
  }

  @Test
  void other_parts_of_a_batch_are_not() {
    assertThatThrownBy(() -> fold("Div", List.of(shape(3), ConstantValue.integers(2))))
        .isInstanceOf(GraphException.class)
        .hasMessage("takes a fraction of the batch size");
  }

  @Test
  void whole_numbers_are_divided_toward_zero() {
    expect(
        fold("Div", List.of(ConstantValue.integers(7, -7), ConstantValue.integers(2))),
        ConstantValue.integers(3, -3));
  }

  @Test
  void division_by_zero_is_an_error_and_no_infinity() {
    assertThatThrownBy(
            () -> fold("Div", List.of(ConstantValue.integers(7), ConstantValue.integers(0))))
        .hasMessage("divides by zero");
  }

  @Test
  void a_batch_is_never_minus_one() {
    ConstantValue equal = fold("Equal", List.of(shape(1, -1, 8), ConstantValue.integers(-1)));
    assertThat(equal.values()).containsExactly(0, 1, 0);
  }

  @Test
  void whether_a_batch_is_some_positive_number_is_not_known() {
    assertThatThrownBy(() -> fold("Equal", List.of(shape(1), ConstantValue.integers(4))))
        .hasMessage("uses the batch size in an unsupported way");
  }

  @Test
  void the_product_of_a_shape_counts_batches() {
    expect(fold("ReduceProd", List.of(SHAPE), Attribute.of("keepdims", 1)), shape(24));
  }

  @Test
  void parts_of_a_shape_are_gathered_sliced_and_joined() {
    expect(
        fold("Gather", List.of(SHAPE, ConstantValue.integers(2, 0))),
        ConstantValue.of(
            List.of(2), NumberType.INTEGER, new double[] {8, 1}, BitSet.valueOf(new long[] {2})));
    expect(
        fold("Slice", List.of(SHAPE, ConstantValue.integers(-2), ConstantValue.integers(9))),
        ConstantValue.integers(3, 8));
    expect(
        fold("Concat", List.of(SHAPE, ConstantValue.integers(-1)), Attribute.of("axis", 0)),
        shape(1, 3, 8, -1));
  }

  @Test
  void a_batch_through_real_numbers_and_back_stays_a_batch() {
    ConstantValue doubled =
        fold("Mul", List.of(fold("Cast", List.of(shape(3)), Attribute.of("to", 1)), real(2)));
    expect(fold("Cast", List.of(fold("Floor", List.of(doubled))), Attribute.of("to", 7)), shape(6));
  }

  @Test
  void weights_in_whole_numbers_become_real() {
    ConstantValue weights = ConstantValue.integers(1, 2, 3, 4).reshaped(List.of(2, 2));
    expect(
        fold(
            "DequantizeLinear",
            List.of(weights, real(1, 10), ConstantValue.integers(0, 1)),
            Attribute.of("axis", 0)),
        ConstantValue.of(List.of(2, 2), NumberType.REAL, 1, 2, 20, 30));
  }

  @Test
  void a_remainder_has_the_sign_of_the_divisor_unless_it_is_c_s() {
    List<ConstantValue> inputs = List.of(ConstantValue.integers(-7), ConstantValue.integers(3));
    expect(fold("Mod", inputs), ConstantValue.integers(2));
    expect(fold("Mod", inputs, Attribute.of("fmod", 1)), ConstantValue.integers(-1));
  }

  @Test
  void constants_that_are_too_many_to_work_out_are_refused_before_memory_is_taken() {
    ConstantValue one = ConstantValue.of(List.of(1), NumberType.INTEGER, 1);
    assertThatThrownBy(() -> fold("Expand", List.of(one, ConstantValue.integers(1 << 14, 1 << 14))))
        .hasMessageContaining("numbers");
    assertThatThrownBy(() -> fold("Range", List.of(real(0), real(1e12), real(1))))
        .hasMessageContaining("numbers");
  }
}
