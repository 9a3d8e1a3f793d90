package dev.trifocal.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An interface whose implementations are identified in files by a {@code kind} field. Members are
 * stored under their simple names. User-defined implementations of an open family are stored under
 * their class names; such a class must be a record of plain components, which is checked before any
 * of its code runs.
 *
 * @param type the interface
 * @param word noun for an implementation in messages: {@code a metric}
 * @param members records stored under their simple names
 * @param storedNames names of the members stored under another name
 * @param access who can implement the interface
 */
public record KindFamily(
    Class<?> type,
    String word,
    List<Class<?>> members,
    Map<Class<?>, String> storedNames,
    Access access) {
  /** Who can implement the interface. */
  public enum Access {
    /** Trifocal only. */
    CLOSED,
    /** Users too. */
    OPEN
  }

  public KindFamily {
    members = List.copyOf(members);
    storedNames = Map.copyOf(storedNames);
  }

  /**
   * Returns the family of a sealed interface.
   *
   * @param type sealed interface whose permitted subclasses are records
   */
  public static KindFamily closed(Class<?> type) {
    return new KindFamily(
        type,
        type.getSimpleName(),
        List.of(type.getPermittedSubclasses()),
        Map.of(),
        Access.CLOSED);
  }

  /** Returns the family of an interface that users can implement. */
  public static KindFamily open(Class<?> type, String word, List<Class<?>> members) {
    return new KindFamily(type, word, members, Map.of(), Access.OPEN);
  }

  /** Returns this family with a member that is stored under another name. */
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
