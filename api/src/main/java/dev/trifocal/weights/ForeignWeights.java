package dev.trifocal.weights;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Formats of weights that are often passed as safetensors, recognised by their first bytes. */
enum ForeignWeights {
  PYTORCH(
      0,
      "PK\003\004",
      "is a zip file as PyTorch and Keras write it, not safetensors. " + Advice.PYTORCH),
  PICKLE(0, "\200", "is a Python pickle, not safetensors. " + Advice.PYTORCH),
  HDF5(
      0,
      "\211HDF\r\n",
      "is an HDF5 file, as Keras writes it, not safetensors; export the model with model.export(\"model.onnx\", format=\"onnx\") or tf2onnx, and use that file instead of weights"),
  TENSORFLOW_LITE(
      4,
      "TFL3",
      "is a TensorFlow Lite file, not safetensors; convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx, and use that file instead of weights"),
  GIT_LFS(
      0,
      "version https://git-lfs",
      "is a Git LFS pointer, not the weights themselves; fetch them with git lfs pull, or download the file again"),
  JSON(
      0,
      "{",
      "is a JSON file, not safetensors. If it is the index of several files, load them in Python and save all weights in one with safetensors.torch.save_file"),
  WEB_PAGE(0, "<", "is a web page, not safetensors; download the file itself");

  /** The longest of the beginnings, with its offset. */
  private static final int BYTES = 32;

  private final int offset;
  private final String mark;
  private final String problem;

  ForeignWeights(int offset, String mark, String problem) {
    this.offset = offset;
    this.mark = mark;
    this.problem = problem;
  }

  /**
   * Refuses a file of such a format. A pickle begins like the length of a header, so a file that
   * goes on with the brace of a header is none.
   *
   * @throws FileException if the file has such a format; the message says how to convert it
   */
  static void refuse(Path file, FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    int count = Math.max(0, channel.read(bytes, 0));
    String begin = new String(bytes.array(), 0, count, StandardCharsets.ISO_8859_1);
    Optional<ForeignWeights> found =
        begin.startsWith("{", Long.BYTES)
            ? Optional.empty()
            : Arrays.stream(values())
                .filter(format -> begin.startsWith(format.mark, format.offset))
                .findFirst();
    if (found.isPresent()) {
      throw new FileException("%s: %s".formatted(file, found.get().problem));
    }
  }

  /** The way from PyTorch, which two of the formats share. */
  private static final class Advice {
    private static final String PYTORCH =
        "In Python, save a PyTorch state_dict with safetensors.torch.save_file(state_dict, \"weights.safetensors\"); export a Keras model to ONNX";

    private Advice() {}
  }
}
