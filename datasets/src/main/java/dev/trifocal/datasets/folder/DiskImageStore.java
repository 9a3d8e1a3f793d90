package dev.trifocal.datasets.folder;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.file.FileFailure;
import dev.trifocal.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Caches images in files: height, width and channels as 32-bit integers, then the bytes. A file is
 * named by a digest of the image's path, size, modification time and processing, so stale files are
 * never used.
 *
 * @param source the source of images that are not cached
 * @param files the image files by index
 * @param folder the folder of the cache
 * @param making a unique description of how images are processed
 */
record DiskImageStore(ImageStore source, List<Path> files, Path folder, String making)
    implements ImageStore {
  private static final int HEADER = 3 * Integer.BYTES;

  @Override
  public Image at(int index) {
    Path file = place(files.get(index));
    return read(file).orElseGet(() -> made(index, file));
  }

  /** Writes the file of an image if it does not exist. */
  void keep(int index) {
    Path file = place(files.get(index));
    if (Files.notExists(file)) {
      made(index, file);
    }
  }

  private Image made(int index, Path file) {
    Image image = source.at(index);
    byte[] values = image.toBytes();
    ByteBuffer all = ByteBuffer.allocate(HEADER + values.length);
    all.putInt(image.height()).putInt(image.width()).putInt(image.channels());
    all.put(values).flip();
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, all));
    return image;
  }

  private Path place(Path image) {
    try {
      DigestBuilder sha = DigestBuilder.sha256();
      sha.add(image.toAbsolutePath().normalize() + "\n");
      sha.add(Files.size(image) + "\n");
      sha.add(Files.getLastModifiedTime(image).toMillis() + "\n");
      sha.add(making);
      String name = sha.build().hex();
      return folder.resolve(name.substring(0, 2)).resolve(name.substring(2) + ".pixels");
    } catch (IOException e) {
      throw FileFailure.reading(image, e);
    }
  }

  /** Reads a cached image; returns empty if the file is missing or incomplete. */
  private static Optional<Image> read(Path file) {
    try {
      if (Files.notExists(file)) {
        return Optional.empty();
      }
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
      if (all.remaining() < HEADER) {
        return Optional.empty();
      }
      int height = all.getInt();
      int width = all.getInt();
      int channels = all.getInt();
      byte[] values = new byte[all.remaining()];
      all.get(values);
      return Optional.of(Image.of(height, width, channels, values));
    } catch (IOException | TrifocalException e) {
      return Optional.empty();
    }
  }
}
