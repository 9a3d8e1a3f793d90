package dev.trifocal.data;

import dev.trifocal.error.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Maps the class ids of a data set to those of a model, by class name.
 *
 * @param classes the model's class names in the order of its ids
 * @param ids the model's id of each class of the data set
 */
public record ClassMapping(List<String> classes, List<Integer> ids) {
  public ClassMapping {
    classes = List.copyOf(classes);
    ids = List.copyOf(ids);
  }

  /**
   * Matches classes by name. The data may list them in a different order and lack some. If the
   * names differ, and either side has numbers instead of names, classes are matched by their order.
   *
   * @param name the name of the model
   * @param model the model's class names; empty if unknown
   * @throws DataException if the data has a class that the model lacks; the message has both lists
   */
  public static ClassMapping of(String name, List<String> model, Dataset data) {
    List<String> given = data.classes();
    List<String> unknown = new ArrayList<>(given);
    unknown.removeAll(model);
    boolean known = unknown.isEmpty() && !given.isEmpty();
    if (given.equals(model) || !known && isMatchedInOrder(model, given)) {
      return new ClassMapping(given, IntStream.range(0, given.size()).boxed().toList());
    }
    if (!known) {
      throw new DataException(
          "%s has the class%s %s, which %s lacks: the model has %s, the data %s; rename the classes that are the same, or remove the others"
              .formatted(
                  data.name(),
                  unknown.size() == 1 ? "" : "es",
                  listed(unknown),
                  name,
                  listed(model),
                  listed(given)));
    }
    return new ClassMapping(model, given.stream().map(model::indexOf).toList());
  }

  /**
   * Returns splits whose class ids follow the order of a model's classes, if those are the classes
   * of the data in another order; otherwise the splits as they are.
   *
   * @param model the model's class names; empty if unknown
   */
  public static Splits inOrder(List<String> model, Splits data) {
    return new Splits(
        inOrder(model, data.train()),
        data.validation().map(part -> inOrder(model, part)),
        data.test().map(part -> inOrder(model, part)),
        data.drawn());
  }

  /** Returns a data set as {@link #inOrder(List, Splits)} does. */
  public static Dataset inOrder(List<String> model, Dataset data) {
    List<String> given = data.classes();
    List<String> ordered = ordered(given, model);
    return ordered.equals(given)
        ? data
        : new ClassMapping(ordered, given.stream().map(ordered::indexOf).toList()).of(data);
  }

  /**
   * Returns class names in the order of a model's, if those are the same and no two are equal;
   * otherwise as given.
   */
  public static List<String> ordered(List<String> given, List<String> model) {
    Set<String> names = Set.copyOf(given);
    boolean distinct = names.size() == given.size() && model.size() == given.size();
    return distinct && names.equals(Set.copyOf(model)) ? model : given;
  }

  /** Returns the data set whose class ids were replaced, or the data set itself. */
  public static Dataset unmapped(Dataset data) {
    return data instanceof ClassMappedDataset mapped ? unmapped(mapped.source()) : data;
  }

  /** Returns true if every class of the data set has the same id in the model. */
  public boolean isIdentity() {
    return ids.equals(IntStream.range(0, classes.size()).boxed().toList());
  }

  /** Returns a data set with the model's class names and ids. */
  public Dataset of(Dataset data) {
    return isIdentity() ? data : new ClassMappedDataset(data, this);
  }

  private static boolean isMatchedInOrder(List<String> model, List<String> given) {
    return model.isEmpty() || given.isEmpty() || isNumbered(model) || isNumbered(given);
  }

  private static boolean isNumbered(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
  }

  /** Returns the names, shortened if they are too many for a message. */
  private static String listed(List<String> names) {
    int most = 20;
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }
}
