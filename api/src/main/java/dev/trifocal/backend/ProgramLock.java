package dev.trifocal.backend;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets several threads run a {@link Program}, and frees its native memory only when no run is left.
 */
public final class ProgramLock {
  private final String name;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * @param name name of the program, for messages
   */
  public ProgramLock(String name) {
    this.name = name;
  }

  /**
   * Runs work unless the program is closed; {@link #close} waits for it.
   *
   * @throws IllegalStateException if the program is closed
   */
  public <T> T run(Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + ": the program is closed");
      }
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits for the runs in progress, then frees the memory; later calls have no effect. */
  public void close(Runnable free) {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
