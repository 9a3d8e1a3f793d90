package dev.trifocal.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An interface whose implementations say in a file which one they are. Members are named by their
 * simple names. Of an open family, what others wrote is named by its class: such a class must be a
 * record of plain components, and it is looked at before any of its code runs.
 *
 * @param type the interface
 * @param word what an implementation is, for messages: {@code a metric}
 * @param members records that a file names by their simple names
 * @param storedNames of members that a file names otherwise
 */
public record KindFamily(
    Class<?> type,
    String word,
    List<Class<?>> members,
    Map<Class<?>, String> storedNames,
    Access access) {
  /** Who can add to a family. */
  public enum Access {
    /** Nobody. */
    CLOSED,
    /** Whoever implements the interface. */
    OPEN
  }

  public KindFamily {
    members = List.copyOf(members);
    storedNames = Map.copyOf(storedNames);
  }

  /**
   * @param type sealed, its permitted members records
   */
  public static KindFamily closed(Class<?> type) {
    return new KindFamily(
        type,
        type.getSimpleName(),
        List.of(type.getPermittedSubclasses()),
        Map.of(),
        Access.CLOSED);
  }

  /** An interface that anyone can implement. */
  public static KindFamily open(Class<?> type, String word, List<Class<?>> members) {
    return new KindFamily(type, word, members, Map.of(), Access.OPEN);
  }

  /** This family, with a member that files know by an earlier name. */
  public KindFamily storing(Class<?> member, String name) {
    Map<Class<?>, String> names = new LinkedHashMap<>(storedNames);
    names.put(member, name);
    return new KindFamily(type, word, members, names, access);
  }

  String storedName(Class<?> member) {
    return storedNames.getOrDefault(member, member.getSimpleName());
  }

  boolean isOpen() {
    return access == Access.OPEN;
  }
}
