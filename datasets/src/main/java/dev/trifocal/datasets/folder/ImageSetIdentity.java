package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The identity of a split of a folder, independent of how images are processed.
 *
 * @param name the name for messages and provenance
 * @param files the image files
 * @param classes the class names
 */
record ImageSetIdentity(String name, List<LabelledFile> files, List<String> classes) {
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

  /** Returns the SHA-256 of class names, file names and contents; reads all files at each call. */
  String digest() {
    DigestBuilder sha = DigestBuilder.sha256();
    classes.forEach(each -> sha.add(each + "\n"));
    for (LabelledFile each : files) {
      Path file = each.file();
      try {
        byte[] content = Files.readAllBytes(file);
        sha.add("%s %s %s\n".formatted(each.label(), file.getFileName(), content.length));
        sha.add(ByteBuffer.wrap(content));
      } catch (IOException e) {
        throw FileFailure.reading(file, e);
      }
    }
    return sha.build().text();
  }
}
