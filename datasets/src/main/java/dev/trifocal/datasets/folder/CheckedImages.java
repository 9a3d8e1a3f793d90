package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pictures that were decoded to see whether they can be, for whoever needs them first: each is
 * handed out once. What has no room is decoded again.
 */
final class CheckedImages {
  private static final long MOST_BYTES = Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 8);

  private final Map<Path, Image> images = new ConcurrentHashMap<>();
  private final AtomicLong room = new AtomicLong(MOST_BYTES);

  /**
   * @throws dev.trifocal.error.FileException if the file cannot be read as a picture
   */
  void at(Path file) {
    Image image = ImageFile.read(file);
    if (room.addAndGet(-bytes(image)) >= 0) {
      images.put(file, image);
    } else {
      room.addAndGet(bytes(image));
    }
  }

  boolean has(Path file) {
    return images.containsKey(file);
  }

  /**
   * The picture, decoded now if it was handed out before or had no room.
   *
   * @throws dev.trifocal.error.FileException if the file can no longer be read
   */
  Image take(Path file) {
    return Optional.ofNullable(images.remove(file)).orElseGet(() -> ImageFile.read(file));
  }

  /** For when whoever wants pictures has them. */
  void forget() {
    images.clear();
    room.set(MOST_BYTES);
  }

  private static long bytes(Image image) {
    return (long) image.height() * image.width() * image.channels();
  }
}
