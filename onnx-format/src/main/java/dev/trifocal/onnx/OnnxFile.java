package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.file.AtomicFile;
import java.nio.channels.Channels;
import java.nio.file.Path;

/** Writes ONNX models to files, which any viewer of the format opens, such as Netron. */
public final class OnnxFile {
  private OnnxFile() {}

  /**
   * Writes a model to a file.
   *
   * @throws dev.trifocal.error.FileException if writing fails; no partial file is left behind
   */
  public static void write(Path file, ModelProto model) {
    AtomicFile.write(file, channel -> model.writeTo(Channels.newOutputStream(channel)));
  }
}
