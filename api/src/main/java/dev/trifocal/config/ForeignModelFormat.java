package dev.trifocal.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file format of models that Trifocal does not read, with the way from it to ONNX. */
public enum ForeignModelFormat {
  PYTORCH(
      List.of(".pth", ".pt", ".ckpt", ".bin", ".pkl"),
      "a PyTorch file, which cannot be read without running code from it; export the network with torch.onnx.export, or save its weights with safetensors and pass them with the network's name"),
  KERAS(
      List.of(".h5", ".hdf5", ".keras"),
      "a Keras file; export it with model.export(\"model.onnx\", format=\"onnx\") or convert it with tf2onnx"),
  TENSORFLOW_LITE(
      List.of(".tflite"),
      "a TensorFlow Lite file; convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx"),
  TENSORFLOW(
      List.of(".pb", ".meta"),
      "a TensorFlow file; convert it with tf2onnx: python -m tf2onnx.convert --saved-model FOLDER --output model.onnx"),
  SAFETENSORS(
      List.of(".safetensors"),
      "a file of weights without a network; pass it as weights beside the name of its network in the zoo"),
  OTHER(
      List.of(".mlmodel", ".mlpackage", ".engine", ".trt", ".ort", ".caffemodel", ".param"),
      "a model in another format; convert it to ONNX");

  private final List<String> endings;
  private final String advice;

  ForeignModelFormat(List<String> endings, String advice) {
    this.endings = endings;
    this.advice = advice;
  }

  /** Returns a sentence on a file of such a format, by its ending; empty for other names. */
  public static Optional<String> advice(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings.stream().anyMatch(lower::endsWith))
        .map(format -> "%s is %s".formatted(name, format.advice))
        .findFirst();
  }
}
