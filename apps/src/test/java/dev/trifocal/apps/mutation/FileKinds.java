package dev.trifocal.apps.mutation;

import dev.trifocal.datasets.idx.IdxFile;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that are read, other than ONNX files, which {@code MutationTest} damages. */
final class FileKinds {
  private static final Path IMAGES = golden("image");
  private static final Path ARRAYS = golden("npy");
  private static final Shape DIGIT = Shape.of(28, 28);
  private static final int DIGITS = 20;

  /** Enough for buffers and classes; far from what hurts. */
  private static final long LITTLE = 8L << 20;

  /** Reading a header of text makes objects of each letter. */
  private static final long TEXT = 2_000;

  private FileKinds() {}

  /**
   * @param folder where a run is trained, from which files are taken
   */
  static Stream<FileKind> in(Path folder) throws IOException {
    SmallRun run = SmallRun.in(folder.resolve("run"));
    return Stream.of(
        // A byte of a JPEG file may hold a thousand pixels, one of a PNG file eight thousand, and
        // the pixels of a WebP file take no bytes at all if they are all the same: see PixelLimit.
        images("jpeg", ".*.jpg", 10_000, LITTLE),
        images("png", ".*(?<!expected).png", 30_000, LITTLE),
        images("webp", ".*.webp", 10_000, 256L << 20),
        new FileKind(
            "npy",
            files(ARRAYS, "(big|little|version)\\w+.npy"),
            FileDamage.bytes(128),
            Npy::read,
            LITTLE,
            64),
        idx("idx", digits(), FileDamage.bytes(16)),
        idx(
            "idx-gz",
            FileDamage.zipped(digits()),
            FileDamage.bytes(32).or(FileDamage.bytes(16).withinGzip())),
        new FileKind(
            "safetensors",
            List.of(run.weights()),
            FileDamage.safetensors(),
            Safetensors::read,
            LITTLE,
            TEXT),
        new FileKind(
            "state-json", List.of(run.state()), FileDamage.json(), run::readState, LITTLE, TEXT),
        new FileKind(
            "graph-json", List.of(run.graph()), FileDamage.json(), run::readGraph, LITTLE, TEXT));
  }

  private static FileKind images(String name, String pattern, long perByte, long fixed)
      throws IOException {
    return new FileKind(
        name, files(IMAGES, pattern), FileDamage.bytes(64), ImageFile::read, fixed, perByte);
  }

  private static FileKind idx(String name, byte[] original, FileDamage damage) {
    return new FileKind(
        name, List.of(original), damage, file -> IdxFile.read(file, DIGIT), 256L << 20, 64);
  }

  private static byte[] digits() {
    ByteBuffer file = ByteBuffer.allocate(4 * Integer.BYTES + DIGITS * (int) DIGIT.elements());
    file.putInt(0x803).putInt(DIGITS).putInt(28).putInt(28);
    for (int i = 0; file.hasRemaining(); i++) {
      file.put((byte) (i * i / 100));
    }
    return file.array();
  }

  private static List<byte[]> files(Path folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .sorted()
          .map(FileKinds::bytes)
          .toList();
    }
  }

  private static Path golden(String folder) {
    return Path.of("../datasets/src/test/resources/dev/trifocal/datasets", folder);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
