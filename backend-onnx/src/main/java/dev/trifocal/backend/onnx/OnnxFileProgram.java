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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
      Set<String> batched = batched(inputs, wanted);
      OptionalLong fixed = fixed(batched, wanted);
      return fixed.isEmpty()
          ? once(inputs, wanted)
          : inParts(inputs, wanted, batched, Math.toIntExact(fixed.getAsLong()));
    } catch (OrtException e) {
      throw new DataException(
          "%s: ONNX Runtime cannot run this file on these inputs: %s"
              .formatted(name, OnnxSessions.reason(e)),
          e);
    }
  }

  /** Runs as many samples at a time as the file fixes. */
  private Map<String, Tensor> inParts(
      Map<String, Tensor> inputs, Map<String, TensorInfo> wanted, Set<String> batched, int part)
      throws OrtException {
    int samples = inputs.get(batched.iterator().next()).shape().size(0);
    if (samples % part != 0 && !hasSamples(part)) {
      throw new DataException(
          "%s takes %d samples at a time, but got %d".formatted(name, part, samples));
    }
    Map<String, List<Tensor>> parts = new LinkedHashMap<>();
    for (int first = 0; first < samples; first += part) {
      Map<String, Tensor> some = new LinkedHashMap<>(inputs);
      int from = first;
      batched.forEach(key -> some.put(key, part(inputs.get(key), from, part)));
      once(some, wanted)
          .forEach((output, t) -> parts.computeIfAbsent(output, o -> new ArrayList<>()).add(t));
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    parts.forEach(
        (output, pieces) ->
            outputs.put(output, withoutPadding(joined(output, pieces), samples, part)));
    return outputs;
  }

  @Override
  public void close() {
    lock.close(() -> OnnxSessions.close(session, name));
  }

  /**
   * Returns the inputs that are divided among runs: those with as many samples as the largest
   * tensor that the file does not take whole. All runs share the others.
   */
  private static Set<String> batched(Map<String, Tensor> inputs, Map<String, TensorInfo> wanted) {
    Map<String, Integer> samples = new LinkedHashMap<>();
    wanted.forEach(
        (key, info) -> {
          long[] sizes = info.getShape();
          if (sizes.length > 0 && sizes[0] != inputs.get(key).shape().size(0)) {
            samples.put(key, inputs.get(key).shape().size(0));
          }
        });
    int most = samples.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    samples.values().removeIf(count -> count < most);
    return samples.keySet();
  }

  /** Returns the number of samples that the file fixes for these inputs, if it fixes one. */
  private OptionalLong fixed(Set<String> batched, Map<String, TensorInfo> wanted) {
    long[] fixed =
        batched.stream()
            .mapToLong(key -> wanted.get(key).getShape()[0])
            .filter(size -> size > 0)
            .distinct()
            .toArray();
    if (fixed.length > 1) {
      throw new DataException(
          "%s takes %d samples of one input at a time and %d of another; give as many of each"
              .formatted(name, fixed[0], fixed[1]));
    }
    return Arrays.stream(fixed).findFirst();
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

  /**
   * Checks the shape of an input; negative sizes are left open by the file. A file without sizes
   * takes a scalar or leaves the rank open, which ONNX Runtime does not tell apart.
   */
  private void requireFit(String input, long[] sizes, Shape given) {
    boolean fits = sizes.length == 0 || sizes.length == given.rank();
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

  /** Returns {@code count} samples from {@code first} on; the last is repeated as needed. */
  private static Tensor part(Tensor all, int first, int count) {
    int samples = all.shape().size(0);
    int end = Math.min(first + count, samples);
    List<Tensor> rows = new ArrayList<>(List.of(all.slice(0, first, end)));
    for (int missing = count - (end - first); missing > 0; missing--) {
      rows.add(all.slice(0, end - 1, end));
    }
    return rows.size() == 1 ? rows.get(0) : Tensor.concat(0, rows);
  }

  private static Tensor withoutPadding(Tensor output, int samples, int part) {
    return samples % part == 0 ? output : output.slice(0, 0, samples);
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
