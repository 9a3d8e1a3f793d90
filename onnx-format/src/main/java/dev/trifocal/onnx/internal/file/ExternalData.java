package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads tensors that are stored in files beside the model. */
public final class ExternalData {
  /**
   * How many times all bytes of a file may be read: tensors may share bytes, but not without limit.
   */
  private static final int READINGS = 4;

  private final Path model;
  private final Map<Path, Long> read = new HashMap<>();

  /**
   * Creates a reader for a model.
   *
   * @param model path of the model
   */
  public ExternalData(Path model) {
    this.model = model;
  }

  static boolean holds(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  /**
   * Reads the bytes of a tensor.
   *
   * @param wanted number of bytes that the shape of the tensor needs
   * @throws FileException if the location is not a file in the model's folder or in the cache that
   *     the model's link points into, or the file is too short
   */
  ByteBuffer bytes(TensorProto tensor, long wanted) {
    Map<String, String> entries =
        tensor.getExternalDataList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey, StringStringEntryProto::getValue, (a, b) -> b));
    String location = entries.getOrDefault("location", "");
    long offset = number(tensor, entries, "offset", 0);
    long length = number(tensor, entries, "length", wanted);
    Path file = inside(tensor, location);
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (offset < 0 || length != wanted || length > Integer.MAX_VALUE || offset > size - length) {
        throw new FileException(
            "%s: tensor '%s' needs %,d bytes, but refers to %,d at offset %,d of %s, which has %,d"
                .formatted(model, tensor.getName(), wanted, length, offset, file, size));
      }
      if (read.merge(file, length, Long::sum) > READINGS * size) {
        throw new FileException(
            "%s: tensor '%s' and the tensors before it refer to the same bytes of %s too often"
                .formatted(model, tensor.getName(), file));
      }
      return channel.map(MapMode.READ_ONLY, offset, length);
    } catch (IOException e) {
      throw failure(tensor, file, e);
    }
  }

  private Path inside(TensorProto tensor, String location) {
    try {
      List<Path> folders = folders();
      for (Path folder : folders) {
        Path file = folder.resolve(location).normalize();
        if (location.isEmpty() || !file.startsWith(folder) || file.equals(folder)) {
          throw outside(tensor, location);
        }
        if (Files.exists(file)) {
          return allowed(tensor, location, file.toRealPath(), folders);
        }
      }
      throw failure(tensor, model.resolveSibling(location), new NoSuchFileException(location));
    } catch (InvalidPathException e) {
      throw outside(tensor, location);
    } catch (IOException e) {
      throw failure(tensor, model.resolveSibling(location), e);
    }
  }

  private Path allowed(TensorProto tensor, String location, Path real, List<Path> folders) {
    boolean own =
        Stream.concat(folders.stream(), blobs(folders.get(0)).stream()).anyMatch(real::startsWith);
    if (!own || !Files.isRegularFile(real)) {
      throw outside(tensor, location);
    }
    return real;
  }

  /** Where the model is, and, if it is a link, where the file is to which it leads. */
  private List<Path> folders() throws IOException {
    Path folder = model.toAbsolutePath().getParent().toRealPath();
    return Files.exists(model)
        ? Stream.of(folder, model.toRealPath().getParent()).distinct().toList()
        : List.of(folder);
  }

  /** Hugging Face's cache keeps links below {@code snapshots}, and beside it what they lead to. */
  private static Optional<Path> blobs(Path folder) {
    return Stream.iterate(folder, place -> place != null, Path::getParent)
        .filter(place -> place.endsWith("snapshots"))
        .map(place -> place.resolveSibling("blobs"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private FileException failure(TensorProto tensor, Path file, IOException cause) {
    return new FileException(
        "%s: the data of tensor '%s': %s"
            .formatted(model, tensor.getName(), FileFailure.reading(file, cause).getMessage()),
        cause);
  }

  private FileException outside(TensorProto tensor, String location) {
    return new FileException(
        "%s: tensor '%s' is stored in '%s', which is not a file in the model's folder"
            .formatted(model, tensor.getName(), location));
  }

  private long number(TensorProto tensor, Map<String, String> entries, String key, long otherwise) {
    String text = entries.get(key);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new FileException(
          "%s: tensor '%s' has external data with %s '%s', which is not a number"
              .formatted(model, tensor.getName(), key, text),
          e);
    }
  }
}
