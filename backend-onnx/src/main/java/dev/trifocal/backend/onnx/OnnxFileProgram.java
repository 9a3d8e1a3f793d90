package dev.trifocal.backend.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.ProgramLock;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a model file as it is. Values have the names, axes and types of the file; numeric outputs
 * are converted to float32, or to int64 or float64 if float32 cannot represent them; others are
 * left out.
 */
final class OnnxFileProgram implements Program {
  private final String name;
  private final OrtSession session;
  private final ProgramLock lock;

  OnnxFileProgram(String name, OrtSession session) {
    this.name = name;
    this.session = session;
    this.lock = new ProgramLock(name);
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return lock.run(() -> outputs(inputs));
  }

  private Map<String, Tensor> outputs(Map<String, Tensor> inputs) {
    try {
      Map<String, TensorInfo> wanted = wanted(inputs);
      int samples = samples(inputs);
      int part = part(wanted, samples);
      Map<String, List<Tensor>> parts = new LinkedHashMap<>();
      for (int first = 0; first < samples; first += part) {
        Map<String, Tensor> some = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
          some.put(input.getKey(), part(input.getValue(), samples, first, part));
        }
        once(some, wanted)
            .forEach((output, t) -> parts.computeIfAbsent(output, o -> new ArrayList<>()).add(t));
      }
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      parts.forEach(
          (output, pieces) ->
              outputs.put(output, withoutPadding(joined(output, pieces), samples, part)));
      return outputs;
    } catch (OrtException e) {
      throw new DataException(
          "%s: ONNX Runtime cannot run this file on these inputs: %s"
              .formatted(name, OnnxSessions.reason(e)),
          e);
    }
  }

  @Override
  public void close() {
    lock.close(() -> OnnxSessions.close(session, name));
  }

  /** Returns the number of samples; inputs without axes are shared by all samples. */
  private static int samples(Map<String, Tensor> inputs) {
    return inputs.values().stream()
        .filter(input -> input.shape().rank() > 0)
        .mapToInt(input -> input.shape().size(0))
        .max()
        .orElse(1);
  }

  private Tensor joined(String output, List<Tensor> parts) {
    if (parts.size() > 1 && parts.get(0).shape().rank() == 0) {
      throw new DataException(
          "%s: output '%s' has no batch axis, so the results of %d runs cannot be concatenated; run the samples one by one"
              .formatted(name, output, parts.size()));
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Optional<DataType> wide =
        parts.stream().map(Tensor::type).filter(type -> type != DataType.FLOAT32).findFirst();
    return Tensor.concat(
        0, wide.map(type -> parts.stream().map(p -> widened(p, type)).toList()).orElse(parts));
  }

  /** Returns a result of one run in the type that another run needs. */
  private static Tensor widened(Tensor part, DataType wide) {
    if (part.type() == wide) {
      return part;
    }
    float[] values = part.toFloats();
    return Tensor.make(
        part.shape(),
        wide,
        target -> {
          for (float value : values) {
            if (wide == DataType.INT64) {
              target.putLong((long) value);
            } else {
              target.putDouble(value);
            }
          }
        });
  }

  private Map<String, Tensor> once(Map<String, Tensor> inputs, Map<String, TensorInfo> wanted)
      throws OrtException {
    Map<String, OnnxTensor> feed = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, TensorInfo> input : wanted.entrySet()) {
        String key = input.getKey();
        feed.put(key, new FileTensors(name, key).given(inputs.get(key), input.getValue()));
      }
      try (OrtSession.Result result = session.run(feed)) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          new FileTensors(name, output.getKey())
              .host(output.getValue())
              .ifPresent(tensor -> outputs.put(output.getKey(), tensor));
        }
        return outputs;
      }
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  private Map<String, TensorInfo> wanted(Map<String, Tensor> inputs) throws OrtException {
    Map<String, TensorInfo> result = new LinkedHashMap<>();
    for (NodeInfo input : session.getInputInfo().values()) {
      String key = input.getName();
      if (!(input.getInfo() instanceof TensorInfo info)) {
        throw new DataException("%s: input '%s' is not a tensor".formatted(name, key));
      }
      Tensor given = inputs.get(key);
      if (given == null) {
        throw new DataException(
            "%s: input '%s' is missing; there are %s".formatted(name, key, inputs.keySet()));
      }
      requireFit(key, info.getShape(), given.shape());
      result.put(key, info);
    }
    return result;
  }

  /** Checks the shape of an input; negative sizes are left open by the file. */
  private void requireFit(String input, long[] sizes, Shape given) {
    boolean fits = sizes.length == given.rank();
    for (int axis = 1; fits && axis < sizes.length; axis++) {
      fits = sizes[axis] < 0 || sizes[axis] == given.size(axis);
    }
    if (!fits) {
      List<String> wanted = new ArrayList<>();
      for (int axis = 0; axis < sizes.length; axis++) {
        wanted.add(axis == 0 ? "N" : sizes[axis] < 0 ? "?" : String.valueOf(sizes[axis]));
      }
      throw new DataException(
          "%s: input '%s' must have shape %s, but got %s".formatted(name, input, wanted, given));
    }
  }

  /**
   * Returns {@code count} samples from {@code first} on, the last of which is repeated if there are
   * fewer. A tensor with fewer samples than others is shared by all runs.
   */
  private static Tensor part(Tensor all, int samples, int first, int count) {
    if (all.shape().rank() == 0 || all.shape().size(0) < samples) {
      return all;
    }
    int end = Math.min(first + count, samples);
    Tensor some = first == 0 && end == samples ? all : all.slice(0, first, end);
    List<Tensor> rows = new ArrayList<>(List.of(some));
    for (int missing = count - (end - first); missing > 0; missing--) {
      rows.add(all.slice(0, end - 1, end));
    }
    return rows.size() == 1 ? some : Tensor.concat(0, rows);
  }

  private static Tensor withoutPadding(Tensor output, int samples, int part) {
    return samples % part == 0 ? output : output.slice(0, 0, samples);
  }

  /** Returns the number of samples per run: all, or as many as the file fixes. */
  private int part(Map<String, TensorInfo> wanted, int samples) throws OrtException {
    long[] fixed =
        wanted.values().stream()
            .map(TensorInfo::getShape)
            .filter(sizes -> sizes.length > 0 && sizes[0] > 0)
            .mapToLong(sizes -> sizes[0])
            .distinct()
            .toArray();
    if (fixed.length == 0) {
      return samples;
    }
    if (fixed.length > 1 || samples % fixed[0] != 0 && !hasSamples(fixed[0])) {
      throw new DataException(
          "%s takes %d samples at a time, but got %d".formatted(name, fixed[0], samples));
    }
    return (int) fixed[0];
  }

  /** Returns whether all outputs have this many samples, so that padding can be dropped. */
  private boolean hasSamples(long count) throws OrtException {
    return session.getOutputInfo().values().stream()
        .allMatch(
            output ->
                output.getInfo() instanceof TensorInfo info
                    && info.getShape().length > 0
                    && info.getShape()[0] == count);
  }
}
