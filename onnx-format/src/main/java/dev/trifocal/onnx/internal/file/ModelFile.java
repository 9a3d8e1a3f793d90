package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the message that an ONNX file is. */
public final class ModelFile {
  /** Messages within messages; real files have about ten. */
  public static final int DEEPEST = 100;

  /** What stands where a message ends; reading also stops at a group's end, and does not say so. */
  public static final int END = 0;

  private ModelFile() {}

  /**
   * @throws FileException if the file is not there, is truncated, or is not an ONNX model
   */
  public static ModelProto read(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      CodedInputStream input = CodedInputStream.newInstance(stream);
      input.setRecursionLimit(DEEPEST);
      input.setSizeLimit(Integer.MAX_VALUE);
      ModelProto model = ModelProto.parseFrom(input);
      input.checkLastTagWas(END);
      if (input.getTotalBytesRead() == 0) {
        throw new FileException(file + " is empty");
      }
      if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
        throw new FileException(file + " is not an ONNX model: it has no graph with nodes");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new FileException(
          "%s is truncated, damaged or not an ONNX model: %s".formatted(file, reason(e)), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /** The library explains to programmers; its first sentence is for everyone. */
  private static String reason(InvalidProtocolBufferException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("too many levels of nesting")
        ? "its messages are nested more than %d deep".formatted(DEEPEST)
        : message.replaceFirst("(?s)\\.\\s.*", ".");
  }
}
