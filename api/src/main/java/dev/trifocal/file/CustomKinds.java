package dev.trifocal.file;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Resolves user-defined classes named in files. Resolving a name runs no code of the class: it is
 * loaded without being initialised, and instantiated only if it is a record of the expected family
 * whose components are plain values that cannot name further classes.
 */
record CustomKinds(List<KindFamily> families) {
  private static final String CLASS_NAME =
      "([\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+[\\p{L}_$][\\p{L}\\p{N}_$]*";
  private static final String PLAIN =
      "numbers, booleans, text, enums, and lists, maps, optionals and records of these";
  private static final Set<Class<?>> VALUES =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          String.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Shape.class);

  /** Returns whether a class is a user-defined implementation of an open family. */
  boolean has(Class<?> type) {
    return families.stream()
        .anyMatch(
            family ->
                family.isOpen()
                    && family.type().isAssignableFrom(type)
                    && !family.members().contains(type));
  }

  /**
   * @throws ConfigurationException if values of the class cannot be saved; the message gives the
   *     reason
   */
  void requireSavable(KindFamily family, Class<?> type) {
    problem(type)
        .ifPresent(
            problem -> {
              throw new ConfigurationException(
                  "%s cannot be saved: %s; to be saved, %s must be a named record in a package, with components that are %s"
                      .formatted(type.getName(), problem, family.word(), PLAIN));
            });
  }

  /**
   * Loads a class without initialising it.
   *
   * @throws FileException if the class is not on the class path or is not a valid member of the
   *     family
   */
  Class<?> load(KindFamily family, String name) {
    Class<?> type = found(family, name);
    if (!family.type().isAssignableFrom(type)) {
      throw new FileException(
          "%s is not %s: it does not implement %s"
              .formatted(name, family.word(), family.type().getName()));
    }
    problem(type)
        .ifPresent(
            problem -> {
              throw new FileException(
                  "%s has changed since the file was written: %s; use the version of its jar that the file was written with"
                      .formatted(name, problem));
            });
    return type;
  }

  private static Class<?> found(KindFamily family, String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? family.type().getClassLoader() : context;
    try {
      if (name.matches(CLASS_NAME)) {
        return Class.forName(name, false, loader);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new FileException(missing(family, name), e);
    }
    throw new FileException(missing(family, name));
  }

  private static String missing(KindFamily family, String name) {
    return "%s is %s that is not on the class path; add the jar that holds this class"
        .formatted(name, family.word());
  }

  private Optional<String> problem(Class<?> type) {
    if (!type.isRecord()) {
      return Optional.of("it is not a record");
    }
    if (type.getPackageName().isEmpty() || type.isHidden()) {
      return Optional.of("it is hidden or has no package");
    }
    return unplain(type, new HashSet<>());
  }

  /** Returns the problem of the first component that is not a plain value. */
  private Optional<String> unplain(Class<?> record, Set<Class<?>> seen) {
    if (!seen.add(record)) {
      return Optional.empty();
    }
    for (RecordComponent component : record.getRecordComponents()) {
      if (!isPlain(component.getGenericType(), seen)) {
        return Optional.of(
            "its component '%s' is %s"
                .formatted(component.getName(), component.getGenericType().getTypeName()));
      }
    }
    return Optional.empty();
  }

  private boolean isPlain(Type type, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Type raw = generic.getRawType();
      boolean map = raw.equals(Map.class) && arguments[0].equals(String.class);
      boolean holder = raw.equals(List.class) || raw.equals(Optional.class) || map;
      return holder && isPlain(arguments[arguments.length - 1], seen);
    }
    return type instanceof Class<?> one && isPlain(one, seen);
  }

  private boolean isPlain(Class<?> type, Set<Class<?>> seen) {
    if (type.isPrimitive() || type.isEnum() || VALUES.contains(type)) {
      return type != char.class;
    }
    boolean family = families.stream().anyMatch(one -> one.type().equals(type));
    boolean nested = type.isRecord() && type.getTypeParameters().length == 0;
    return family || nested && unplain(type, seen).isEmpty();
  }

  /** Returns how a record's components differ from the fields of a file; empty if they match. */
  static Optional<String> difference(Class<?> record, Set<String> fields) {
    List<String> components =
        Stream.of(record.getRecordComponents()).map(RecordComponent::getName).toList();
    List<String> gone = fields.stream().filter(field -> !components.contains(field)).toList();
    List<String> added = components.stream().filter(name -> !fields.contains(name)).toList();
    List<String> words =
        Stream.of(words(gone, "no longer has "), words(added, "now has "))
            .flatMap(Optional::stream)
            .toList();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has changed since the file was written: it %s; use the version of its jar that the file was written with"
                .formatted(record.getName(), String.join(" and ", words)));
  }

  private static Optional<String> words(List<String> names, String before) {
    return names.isEmpty() ? Optional.empty() : Optional.of(before + String.join(", ", names));
  }
}
