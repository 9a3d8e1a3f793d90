package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.file.AtomicFile;
import java.nio.channels.Channels;
import java.nio.file.Path;

/** ONNX models as files; any viewer of the format opens them, Netron for one. */
public final class OnnxFile {
  private OnnxFile() {}

  /**
   * @throws dev.trifocal.error.FileException if that fails; nothing is left behind then
   */
  public static void write(Path file, ModelProto model) {
    AtomicFile.write(file, channel -> model.writeTo(Channels.newOutputStream(channel)));
  }
}
