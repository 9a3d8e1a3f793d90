package dev.trifocal.file;

import java.util.List;

/**
 * An interface whose implementations say in a file which one they are. Members are named by their
 * simple names. Of an open family, what others wrote is named by its class: such a class must be a
 * record of plain components, and it is looked at before any of its code runs.
 *
 * @param type the interface
 * @param word what an implementation is, for messages: {@code a metric}
 * @param members records that a file names by their simple names
 */
public record KindFamily(Class<?> type, String word, List<Class<?>> members, Access access) {
  /** Who can add to a family. */
  public enum Access {
    /** Nobody. */
    CLOSED,
    /** Whoever implements the interface. */
    OPEN
  }

  public KindFamily {
    members = List.copyOf(members);
  }

  /**
   * @param type sealed, its permitted members records
   */
  public static KindFamily closed(Class<?> type) {
    return new KindFamily(
        type, type.getSimpleName(), List.of(type.getPermittedSubclasses()), Access.CLOSED);
  }

  /** An interface that anyone can implement. */
  public static KindFamily open(Class<?> type, String word, List<Class<?>> members) {
    return new KindFamily(type, word, members, Access.OPEN);
  }

  boolean isOpen() {
    return access == Access.OPEN;
  }
}
