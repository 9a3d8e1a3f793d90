package dev.trifocal.config;

import dev.trifocal.train.Clipping;
import java.util.OptionalDouble;

/**
 * How gradients are limited; at most one of the two limits is given.
 *
 * @param value largest size of an element, positive
 * @param norm largest norm of all gradients together, positive
 */
public record ClippingSettings(OptionalDouble value, OptionalDouble norm) {
  public Clipping clipping() {
    if (value.isPresent()) {
      return new Clipping.ByValue(value.getAsDouble());
    }
    return norm.isPresent() ? new Clipping.ByGlobalNorm(norm.getAsDouble()) : new Clipping.None();
  }
}
