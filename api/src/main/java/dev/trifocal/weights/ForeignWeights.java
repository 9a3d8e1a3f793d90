package dev.trifocal.weights;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Refuses files that are often passed as safetensors, with the way from each to safetensors. */
final class ForeignWeights {
  private static final String PYTORCH =
      "in Python, save a PyTorch state_dict with safetensors.torch.save_file(state_dict, \"weights.safetensors\"), or export a Keras model to ONNX";

  private ForeignWeights() {}

  /**
   * Refuses a file of another format. A pickle begins like the length of a header, so a file that
   * goes on with the brace of a header is none.
   *
   * @throws FileException if the file has such a format; the message says how to convert it
   */
  static void refuse(Path file, FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(FileContent.BYTES);
    int count = Math.max(0, channel.read(bytes, 0));
    if (count > Long.BYTES && bytes.get(Long.BYTES) == '{') {
      return;
    }
    Optional<FileContent> found = FileContent.of(Arrays.copyOf(bytes.array(), count));
    if (found.isPresent()) {
      throw new FileException(
          "%s is %s, not safetensors; %s"
              .formatted(
                  file,
                  found.get().title(),
                  found.get().cure().orElseGet(() -> conversion(found.get()))));
    }
  }

  private static String conversion(FileContent content) {
    return switch (content) {
      case ZIP, PICKLE -> PYTORCH;
      case GZIP -> "unpack it";
      case HDF5 ->
          "export the model with model.export(\"model.onnx\", format=\"onnx\") or tf2onnx, and use that file instead of weights";
      case TENSORFLOW_LITE ->
          "convert it with python -m tf2onnx.convert --tflite model.tflite --output model.onnx, and use that file instead of weights";
      case JSON ->
          "if it is the index of several files, load them in Python and save all weights in one with safetensors.torch.save_file";
      default -> "pass a file of weights";
    };
  }
}
