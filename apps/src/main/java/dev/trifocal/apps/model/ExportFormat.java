package dev.trifocal.apps.model;

import java.nio.file.Path;
import java.util.Locale;

/** The formats in which a model can be exported. */
public enum ExportFormat {
  /** An ONNX file: the whole model, for any program. */
  ONNX,

  /** A safetensors file: weights by name, without the network. */
  SAFETENSORS,

  /** A folder with network, weights and class names, for Trifocal. */
  CHECKPOINT;

  /** Returns the format that the name of a file stands for. */
  public static ExportFormat of(Path file) {
    return file.toString().endsWith(".safetensors") ? SAFETENSORS : ONNX;
  }

  /** Returns the value as written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
