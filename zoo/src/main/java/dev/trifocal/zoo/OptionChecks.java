package dev.trifocal.zoo;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.ZooModel.Choice;

/** Checks that a model supports the requested input, classes and width. */
final class OptionChecks {
  private OptionChecks() {}

  /**
   * Checks the options.
   *
   * @throws GraphException if the model does not support a value
   */
  static void require(ZooModel model, Shape input, ModelOptions options) {
    if (!input.equals(model.input()) && !model.choices().contains(Choice.INPUT)) {
      throw new GraphException(
          "%s: the input must be %s, but is %s".formatted(model.name(), model.input(), input));
    }
    if (options.classes() != model.classes() && !model.choices().contains(Choice.CLASSES)) {
      throw new GraphException(
          model.classes() == 0
              ? "%s: is not a classifier and cannot have %d classes; choose another model"
                  .formatted(model.name(), options.classes())
              : "%s: has %d classes and cannot have %d; choose another model"
                  .formatted(model.name(), model.classes(), options.classes()));
    }
    if (options.width() != 1 && !model.choices().contains(Choice.WIDTH)) {
      throw new GraphException(
          "%s: does not support a width, but width is %s; omit it or choose another model"
              .formatted(model.name(), options.width()));
    }
  }
}
