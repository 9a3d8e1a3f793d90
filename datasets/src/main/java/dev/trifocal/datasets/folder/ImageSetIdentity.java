package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.file.FileFailure;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The identity of a split of a folder, independent of how images are processed.
 *
 * @param name the name for messages and provenance
 * @param files the image files
 * @param classes the class names
 * @param labelling the kind of labels: class ids, or one value per class
 */
record ImageSetIdentity(
    String name, List<LabelledFile> files, List<String> classes, Labelling labelling) {
  ImageSetIdentity {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
  }

  /**
   * Returns the file of a sample.
   *
   * @throws DataException if the index is out of range
   */
  LabelledFile file(int index) {
    if (index < 0 || index >= files.size()) {
      throw new DataException(
          "%s has no sample %d; it has %d samples".formatted(name, index, files.size()));
    }
    return files.get(index);
  }

  /** Returns the labels of samples: int64 {@code [N]} class ids, or float32 {@code [N, K]}. */
  Tensor labels(int[] indices) {
    if (labelling == Labelling.ONE_CLASS) {
      long[] ids = Arrays.stream(indices).mapToLong(index -> file(index).label()).toArray();
      return Tensor.of(Shape.of(ids.length), ids);
    }
    int count = classes.size();
    float[] values = new float[indices.length * count];
    for (int i = 0; i < indices.length; i++) {
      for (int id : file(indices[i]).labels()) {
        values[i * count + id] = 1;
      }
    }
    return Tensor.of(Shape.of(indices.length, count), values);
  }

  /** Returns the SHA-256 of class names, file names and contents; reads all files at each call. */
  String digest() {
    DigestBuilder sha = DigestBuilder.sha256();
    classes.forEach(each -> sha.add(each + "\n"));
    for (LabelledFile each : files) {
      Path file = each.file();
      try {
        byte[] content = Files.readAllBytes(file);
        String labels =
            each.labels().stream().map(String::valueOf).collect(Collectors.joining("+"));
        sha.add("%s %s %s\n".formatted(labels, file.getFileName(), content.length));
        sha.add(ByteBuffer.wrap(content));
      } catch (IOException e) {
        throw FileFailure.reading(file, e);
      }
    }
    return sha.build().text();
  }
}
