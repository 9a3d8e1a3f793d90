package dev.trifocal.datasets.folder;

import dev.trifocal.picture.Picture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Keeps pictures in memory once they are read, as long as there is room. */
final class MemoryStore implements PictureStore {
  private final PictureStore source;
  private final AtomicReferenceArray<Picture> pictures;
  private final AtomicLong room;

  /**
   * @param room bytes that are left, shared with other stores
   */
  MemoryStore(PictureStore source, int size, AtomicLong room) {
    this.source = source;
    this.pictures = new AtomicReferenceArray<>(size);
    this.room = room;
  }

  @Override
  public Picture at(int index) {
    Picture known = pictures.get(index);
    if (known != null) {
      return known;
    }
    Picture read = source.at(index);
    long bytes = (long) read.height() * read.width() * read.channels();
    if (room.addAndGet(-bytes) < 0 || !pictures.compareAndSet(index, null, read)) {
      room.addAndGet(bytes);
    }
    return read;
  }
}
