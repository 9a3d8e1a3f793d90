package dev.trifocal.apps.mutation;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A kind of file, how it is damaged and read, and what reading it may cost.
 *
 * @param originals whole files, which are damaged in turn
 * @param damage makes a damaged file of a whole one
 * @param reader reads a file; throws a {@code TrifocalException} if it cannot be read
 * @param fixedBytes the memory that reading may take whatever the length of the file, in bytes
 * @param bytesPerByte the memory that it may take for each byte of the file, in bytes
 */
record FileKind(
    String name,
    List<byte[]> originals,
    FileDamage damage,
    Consumer<Path> reader,
    long fixedBytes,
    long bytesPerByte) {
  long mostBytes(long length) {
    return fixedBytes + bytesPerByte * length;
  }
}
