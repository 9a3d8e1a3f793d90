package dev.trifocal.onnx.internal.operand;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import java.util.OptionalLong;

/** What a node can query about the rest of its file. */
public interface FileContext {
  /** Returns the node that produces a value; empty for inputs and initializers. */
  Optional<NodeCall> maker(String value);

  /** Returns the number of uses of a value, including as an output of the graph. */
  int uses(String value);

  /** Returns the batch size that the file is fixed to; empty if it is open. */
  OptionalLong batch();

  /**
   * Accounts for numbers, not stored in the file, that are about to be created.
   *
   * @throws dev.trifocal.error.GraphException if they exceed what is allowed for a file of this
   *     size
   */
  void make(long numbers);

  /**
   * Accounts for a tensor that is about to be filled with one number, such as untrained weights.
   *
   * @throws dev.trifocal.error.GraphException like {@link #make}, but with a limit that admits the
   *     weights of a large network
   */
  void fill(long numbers);

  /** Returns the contents of a tensor attribute. */
  ConstantValue contents(TensorProto tensor);
}
