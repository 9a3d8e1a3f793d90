package dev.trifocal.onnx.internal.operand;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import java.util.OptionalLong;

/** What a node can know of the rest of its file. */
public interface FileContext {
  /** The node that makes a value; empty for inputs and initializers. */
  Optional<NodeCall> maker(String value);

  /** How many nodes read a value; outputs of the graph count too. */
  int uses(String value);

  /** The batch size that the file is written for; empty if it leaves it open. */
  OptionalLong batch();

  /**
   * Says, before it is done, how many numbers are to be made that the file does not hold.
   *
   * @throws dev.trifocal.error.GraphException if so many are too many for this file
   */
  void make(long numbers);

  /**
   * Says, before it is done, that a tensor is to be filled with one number: an untrained weight.
   *
   * @throws dev.trifocal.error.GraphException as {@link #make} does; a large network's weights are
   *     not too many
   */
  void fill(long numbers);

  /** The contents of a tensor in an attribute. */
  ConstantValue contents(TensorProto tensor);
}
