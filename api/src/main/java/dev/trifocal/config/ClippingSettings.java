package dev.trifocal.config;

import dev.trifocal.train.Clipping;
import java.util.OptionalDouble;

/**
 * Gradient clipping settings; at most one of the two limits is present.
 *
 * @param value maximum absolute value of a gradient element, positive
 * @param norm maximum global norm over all gradients, positive
 */
public record ClippingSettings(OptionalDouble value, OptionalDouble norm) {
  public Clipping clipping() {
    if (value.isPresent()) {
      return new Clipping.ByValue(value.getAsDouble());
    }
    return norm.isPresent() ? new Clipping.ByGlobalNorm(norm.getAsDouble()) : new Clipping.None();
  }
}
