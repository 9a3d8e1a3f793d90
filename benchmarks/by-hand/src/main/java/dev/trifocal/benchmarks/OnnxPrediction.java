package dev.trifocal.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Predictions of an ONNX file as a user of ONNX Runtime writes them: direct buffers for the batch
 * and for the scores, made once for each thread. Prints the elapsed milliseconds per batch as JSON.
 */
public final class OnnxPrediction implements AutoCloseable {
  private final OrtSession session;
  private final FloatBuffer scores;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  private OnnxPrediction(OrtEnvironment ort, OrtSession session, long[] input) throws OrtException {
    this.session = session;
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
    this.scores = buffer(output);
    this.inputs = Map.of(inputName, OnnxTensor.createTensor(ort, images, input));
    this.outputs = Map.of(outputName, OnnxTensor.createTensor(ort, scores, output));
  }

  /**
   * @param arguments file, size of a sample such as 3x224x224, samples per batch, threads of ONNX
   *     Runtime, threads that predict, warm-up predictions and timed predictions of each of them
   */
  public static void main(String[] arguments) throws Exception {
    long[] input = shape(arguments[1], Integer.parseInt(arguments[2]));
    int concurrency = Integer.parseInt(arguments[4]);
    int warmUp = Integer.parseInt(arguments[5]);
    int steps = Integer.parseInt(arguments[6]);
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    List<OnnxPrediction> predictions = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(concurrency);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(Integer.parseInt(arguments[3]));
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      try (OrtSession session = ort.createSession(arguments[0], options)) {
        for (int i = 0; i < concurrency; i++) {
          predictions.add(new OnnxPrediction(ort, session, input));
        }
        inAll(threads, predictions, warmUp);
        long start = System.nanoTime();
        inAll(threads, predictions, steps);
        double milliseconds = (System.nanoTime() - start) / 1e6 / steps / concurrency;
        System.out.printf("{\"milliseconds_per_batch\": %.3f}%n", milliseconds);
      }
    } finally {
      predictions.forEach(OnnxPrediction::close);
      threads.shutdown();
    }
  }

  private static void inAll(ExecutorService threads, List<OnnxPrediction> predictions, int times)
      throws Exception {
    if (predictions.size() == 1) {
      predictions.get(0).repeat(times);
      return;
    }
    List<Callable<Void>> all = new ArrayList<>();
    for (OnnxPrediction prediction : predictions) {
      all.add(
          () -> {
            prediction.repeat(times);
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(all)) {
      done.get();
    }
  }

  private void repeat(int times) throws OrtException {
    for (int i = 0; i < times; i++) {
      session.run(inputs, outputs).close();
    }
    if (times > 0 && !Float.isFinite(scores.get(0))) {
      throw new IllegalStateException("the scores are no numbers");
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
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
