package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.picture.PictureFile;
import dev.trifocal.picture.Picture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pictures that were decoded to see whether they can be, for whoever needs them first: each is
 * handed out once. What has no room is decoded again.
 */
final class FirstLook {
  private static final long MOST_BYTES = 1L << 28;

  private final Map<Path, Picture> pictures = new ConcurrentHashMap<>();
  private final AtomicLong room = new AtomicLong(MOST_BYTES);

  /**
   * @throws dev.trifocal.error.FileException if the file cannot be read as a picture
   */
  void at(Path file) {
    Picture picture = PictureFile.read(file);
    if (room.addAndGet(-bytes(picture)) >= 0) {
      pictures.put(file, picture);
    } else {
      room.addAndGet(bytes(picture));
    }
  }

  boolean has(Path file) {
    return pictures.containsKey(file);
  }

  /**
   * The picture, decoded now if it was handed out before or had no room.
   *
   * @throws dev.trifocal.error.FileException if the file can no longer be read
   */
  Picture take(Path file) {
    return Optional.ofNullable(pictures.remove(file)).orElseGet(() -> PictureFile.read(file));
  }

  /** For when whoever wants pictures has them. */
  void forget() {
    pictures.clear();
    room.set(MOST_BYTES);
  }

  private static long bytes(Picture picture) {
    return (long) picture.height() * picture.width() * picture.channels();
  }
}
