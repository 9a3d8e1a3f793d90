package dev.trifocal.trainer;

import dev.trifocal.error.FileException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.Digest;
import dev.trifocal.file.FileFailure;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphJson;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The folder with the four files of a checkpoint. */
record CheckpointFiles(Path folder) {
  private static final String GRAPH = "graph.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String SLOTS = "optimizer.safetensors";
  private static final String STATE = "state.json";
  private static final List<String> DIGESTED = List.of(GRAPH, WEIGHTS, SLOTS);

  /** Maximum size of text files in bytes, far above that of any graph; larger ones are rejected. */
  private static final long LONGEST_TEXT = 1 << 26;

  /**
   * Returns one operation per file; {@code state.json}, with the digests of the others, is last.
   */
  List<AtomicFolder.Step> writing(TrainingState state) {
    return writing(
        state, file -> Safetensors.write(file, state.checkpoint().weights(), metadata(state)));
  }

  /** Like {@link #writing(TrainingState)}, with the weights stored in 16 bits. */
  List<AtomicFolder.Step> writing(TrainingState state, HalfPrecision half) {
    return writing(
        state,
        file -> Safetensors.write(file, state.checkpoint().weights(), metadata(state), half));
  }

  private List<AtomicFolder.Step> writing(TrainingState state, Consumer<Path> weights) {
    Checkpoint checkpoint = state.checkpoint();
    return List.of(
        () -> AtomicFile.write(folder.resolve(GRAPH), GraphJson.write(checkpoint.graph())),
        () -> weights.accept(weights()),
        () -> Safetensors.write(folder.resolve(SLOTS), joined(checkpoint.slots()), metadata(state)),
        () -> AtomicFile.write(folder.resolve(STATE), StateJson.of(state, digests()).write()));
  }

  private static Map<String, String> metadata(TrainingState state) {
    Checkpoint checkpoint = state.checkpoint();
    return Map.of("graph", checkpoint.graph().name(), "step", String.valueOf(checkpoint.step()));
  }

  /** Returns the file that holds the weights. */
  Path weights() {
    return folder.resolve(WEIGHTS);
  }

  /** Returns the size of that file with float32 weights. */
  static long weightsBytes(TrainingState state) {
    return Safetensors.size(state.checkpoint().weights(), metadata(state));
  }

  /** Returns true if the folder holds a checkpoint, complete or damaged. */
  boolean isThere() {
    return Files.isRegularFile(folder.resolve(STATE));
  }

  /**
   * Reads the checkpoint.
   *
   * @throws FileException if a file is missing, corrupt or from another checkpoint
   */
  TrainingState read() {
    StateJson state = StateJson.read(text(STATE), folder.resolve(STATE).toString());
    requireTogether(state.files());
    Graph graph = GraphJson.read(text(GRAPH), folder.resolve(GRAPH).toString());
    Weights weights = Safetensors.read(weights());
    Map<String, Weights> slots = split(Safetensors.read(folder.resolve(SLOTS)));
    try {
      Checkpoint checkpoint = new Checkpoint(graph, weights, slots, state.step(), state.seed());
      slots.keySet().forEach(checkpoint::slot);
      return new TrainingState(
          checkpoint,
          state.plan(),
          state.metrics(),
          state.classes(),
          state.preprocessing(),
          state.progress());
    } catch (FileException e) {
      throw e;
    } catch (TrifocalException e) {
      throw new FileException("%s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private Map<String, String> digests() {
    Map<String, String> result = new LinkedHashMap<>();
    DIGESTED.forEach(name -> result.put(name, Digest.sha256Of(folder.resolve(name)).text()));
    return result;
  }

  private void requireTogether(Map<String, String> expected) {
    digests()
        .forEach(
            (name, digest) -> {
              if (!digest.equals(expected.get(name))) {
                throw new FileException(
                    "%s: is corrupt or belongs to a different checkpoint than %s; restore the whole folder from a backup"
                        .formatted(folder.resolve(name), STATE));
              }
            });
  }

  private String text(String name) {
    Path file = folder.resolve(name);
    try {
      if (Files.size(file) > LONGEST_TEXT) {
        throw new FileException("%s: is too large to be a Trifocal file".formatted(file));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new FileException(
          "%s: is not a text file; restore the whole folder from a backup".formatted(file), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  private static Weights joined(Map<String, Weights> slots) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    slots.forEach(
        (slot, weights) ->
            weights
                .tensors()
                .forEach((parameter, tensor) -> result.put(slot + "/" + parameter, tensor)));
    return new Weights(result);
  }

  private Map<String, Weights> split(Weights joined) {
    Map<String, Map<String, Tensor>> result = new LinkedHashMap<>();
    joined
        .tensors()
        .forEach(
            (name, tensor) -> {
              int slash = name.indexOf('/');
              if (slash <= 0) {
                throw new FileException(
                    "%s: '%s' is not an optimizer slot named <slot>/<parameter>"
                        .formatted(folder.resolve(SLOTS), name));
              }
              result
                  .computeIfAbsent(name.substring(0, slash), slot -> new LinkedHashMap<>())
                  .put(name.substring(slash + 1), tensor);
            });
    Map<String, Weights> slots = new LinkedHashMap<>();
    result.forEach((slot, tensors) -> slots.put(slot, new Weights(tensors)));
    return slots;
  }
}
