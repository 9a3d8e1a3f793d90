package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileContent;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Parses the protobuf message of an ONNX file. */
public final class ModelFile {
  /** The deepest nesting of messages; real files have about ten levels. */
  public static final int DEEPEST = 100;

  /**
   * The tag at the end of a complete message; parsing also stops at the end of a group, without an
   * error.
   */
  public static final int END = 0;

  private ModelFile() {}

  /**
   * Reads a model.
   *
   * @throws FileException if the file does not exist, is truncated or is not an ONNX model
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
        throw new FileException(file + " is not an ONNX model: it has no nodes");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      Optional<FileContent> other = FileContent.of(start(file));
      if (other.isPresent()) {
        throw new FileException(
            "%s is %s, not an ONNX model; %s"
                .formatted(
                    file,
                    other.get().title(),
                    other.get().cure().orElseGet(() -> conversion(other.get()))),
            e);
      }
      throw new FileException(
          "%s is truncated, damaged or not an ONNX model: %s".formatted(file, reason(e)), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  private static byte[] start(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(FileContent.BYTES);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  private static String conversion(FileContent content) {
    return switch (content) {
      case ZIP -> "unpack it, or export it if it is from PyTorch or Keras";
      case GZIP -> "unpack it";
      case HDF5, TENSORFLOW_LITE -> "convert it with tf2onnx";
      case PICKLE -> "export it with torch.onnx.export";
      default -> "pass an .onnx file";
    };
  }

  /** Shortens the library's message, which is meant for programmers, to its first sentence. */
  private static String reason(InvalidProtocolBufferException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("too many levels of nesting")
        ? "messages are nested more than %d levels deep".formatted(DEEPEST)
        : message.replaceFirst("(?s)\\.\\s.*", ".");
  }
}
