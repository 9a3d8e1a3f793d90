package dev.trifocal.data;

import dev.trifocal.error.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes of some data as the ids that a model has for them, paired by name.
 *
 * @param classes of the model, in the order of its ids
 * @param ids for each class of the data, the model's id
 */
public record ClassMapping(List<String> classes, List<Integer> ids) {
  public ClassMapping {
    classes = List.copyOf(classes);
    ids = List.copyOf(ids);
  }

  /**
   * Pairs classes by their names. The data may have them in another order, and not all. Where
   * either has numbers instead of names, its classes are the other's in their order.
   *
   * @param model what the model calls its classes; empty if nobody knows
   * @throws DataException naming both lists, if the data has a class that the model does not know
   */
  public static ClassMapping of(String name, List<String> model, Dataset data) {
    List<String> given = data.classes();
    if (model.isEmpty() || given.isEmpty() || isNumbered(model) || isNumbered(given)) {
      return new ClassMapping(given, IntStream.range(0, given.size()).boxed().toList());
    }
    List<String> unknown = new ArrayList<>(given);
    unknown.removeAll(model);
    if (!unknown.isEmpty()) {
      throw new DataException(
          "%s has the class%s %s, which %s does not know: its classes are %s, those of the data %s; rename what is meant to be the same, or leave the others out"
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

  /** Whether every class of the data has the id that the model has for it. */
  public boolean isIdentity() {
    return ids.equals(IntStream.range(0, classes.size()).boxed().toList());
  }

  /** The data with the model's classes and ids. */
  public Dataset of(Dataset data) {
    return isIdentity() ? data : new ClassMappedDataset(data, this);
  }

  private static boolean isNumbered(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
  }

  /** So many that a message can be read. */
  private static String listed(List<String> names) {
    int most = 20;
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }
}
