package dev.trifocal.datasets.folder;

import dev.trifocal.image.Image;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Caches images in memory up to a limit. */
final class MemoryImageStore implements ImageStore {
  private final ImageStore source;
  private final AtomicReferenceArray<Image> images;
  private final AtomicLong room;

  /**
   * Creates a store.
   *
   * @param source the source of images that are not cached
   * @param size the number of images
   * @param room the remaining bytes, shared with other stores
   */
  MemoryImageStore(ImageStore source, int size, AtomicLong room) {
    this.source = source;
    this.images = new AtomicReferenceArray<>(size);
    this.room = room;
  }

  @Override
  public Image at(int index) {
    Image known = images.get(index);
    if (known != null) {
      return known;
    }
    Image read = source.at(index);
    long bytes = (long) read.height() * read.width() * read.channels();
    if (room.addAndGet(-bytes) < 0 || !images.compareAndSet(index, null, read)) {
      room.addAndGet(bytes);
    }
    return read;
  }
}
