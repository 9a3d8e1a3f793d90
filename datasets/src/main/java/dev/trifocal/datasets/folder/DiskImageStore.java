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
 * Keeps pictures in files once they are read: three whole numbers of 32 bits for height, width and
 * channels, then the bytes. A file is named by a digest of where the picture comes from, when it
 * was changed and what was done to it, so nothing stale is ever found.
 *
 * @param making what is done to a picture, in words that tell it from all else
 */
record DiskImageStore(ImageStore source, List<LabelledFile> files, Path folder, String making)
    implements ImageStore {
  private static final int HEADER = 3 * Integer.BYTES;

  @Override
  public Image at(int index) {
    Path file = place(files.get(index).file());
    return read(file).orElseGet(() -> made(index, file));
  }

  /** Makes the file, if there is none. */
  void keep(int index) {
    Path file = place(files.get(index).file());
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

  /** Empty if there is none, or one that is not whole. */
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
