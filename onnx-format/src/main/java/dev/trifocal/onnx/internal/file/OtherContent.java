package dev.trifocal.onnx.internal.file;

import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What files that are named like ONNX models hold instead, told by how they start. */
enum OtherContent {
  LFS_POINTER(
      "version https://git-lfs", "a Git LFS pointer, not the model; fetch it with git lfs pull"),
  HTML("<!doctype html", "a web page, not a model; download the file itself"),
  XML("<html", "a web page, not a model; download the file itself"),
  ZIP(
      "pk\u0003\u0004",
      "a ZIP archive, not an ONNX model; unpack it, or export it if it is from PyTorch or Keras"),
  GZIP("\u001f\u008b", "compressed with gzip; unpack it"),
  HDF5("\u0089hdf", "an HDF5 file, as of Keras, not an ONNX model; convert it with tf2onnx"),
  PICKLE("\u0080\u0002", "a Python pickle, not an ONNX model; export it with torch.onnx.export");

  private static final int START = 32;

  private final String start;
  private final String what;

  OtherContent(String start, String what) {
    this.start = start;
    this.what = what;
  }

  /** Returns what a file is and what to do about it; empty if it is not known. */
  static Optional<String> of(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      String start =
          new String(stream.readNBytes(START), StandardCharsets.ISO_8859_1)
              .toLowerCase(Locale.ROOT);
      String text = start.stripLeading();
      return Arrays.stream(values())
          .filter(one -> start.startsWith(one.start) || text.startsWith(one.start))
          .map(one -> one.what)
          .findFirst();
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }
}
