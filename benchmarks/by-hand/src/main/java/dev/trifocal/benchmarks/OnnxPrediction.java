package dev.trifocal.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Predictions of an ONNX file as a user of ONNX Runtime writes them: direct buffers for the batch
 * and for the scores, both made once. Prints the milliseconds per batch as JSON.
 */
public final class OnnxPrediction {
  private OnnxPrediction() {}

  /**
   * @param arguments file, size of a sample such as 3x224x224, samples per batch, threads, warm-up
   *     predictions, timed predictions
   */
  public static void main(String[] arguments) throws OrtException {
    long[] input = shape(arguments[1], Integer.parseInt(arguments[2]));
    int warmUp = Integer.parseInt(arguments[4]);
    int steps = Integer.parseInt(arguments[5]);
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(Integer.parseInt(arguments[3]));
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      try (OrtSession session = ort.createSession(arguments[0], options)) {
        System.out.printf(
            "{\"milliseconds_per_batch\": %.3f}%n",
            milliseconds(ort, session, input, warmUp, steps));
      }
    }
  }

  private static double milliseconds(
      OrtEnvironment ort, OrtSession session, long[] input, int warmUp, int steps)
      throws OrtException {
    String inputName = session.getInputNames().iterator().next();
    String outputName = session.getOutputNames().iterator().next();
    long[] output =
        ((TensorInfo) session.getOutputInfo().get(outputName).getInfo()).getShape().clone();
    output[0] = input[0];
    FloatBuffer images = buffer(input);
    Random random = new Random(42);
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, random.nextFloat());
    }
    FloatBuffer scores = buffer(output);
    try (OnnxTensor from = OnnxTensor.createTensor(ort, images, input);
        OnnxTensor to = OnnxTensor.createTensor(ort, scores, output)) {
      Map<String, OnnxTensor> inputs = Map.of(inputName, from);
      Map<String, OnnxTensor> outputs = Map.of(outputName, to);
      for (int i = 0; i < warmUp; i++) {
        session.run(inputs, outputs).close();
      }
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        session.run(inputs, outputs).close();
      }
      double milliseconds = (System.nanoTime() - start) / 1e6 / steps;
      if (!Float.isFinite(scores.get(0))) {
        throw new IllegalStateException("the scores are no numbers");
      }
      return milliseconds;
    }
  }

  private static long[] shape(String sample, int batch) {
    long[] sizes = Arrays.stream(sample.split("x")).mapToLong(Long::parseLong).toArray();
    long[] result = new long[sizes.length + 1];
    result[0] = batch;
    System.arraycopy(sizes, 0, result, 1, sizes.length);
    return result;
  }

  private static FloatBuffer buffer(long[] shape) {
    int elements = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    return ByteBuffer.allocateDirect(elements * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
