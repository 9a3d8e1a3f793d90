package dev.trifocal.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which network, and with what it begins.
 *
 * @param name of the zoo
 * @param width what its number of channels is multiplied with, positive
 * @param weights a safetensors file; empty for first weights of the seed
 * @param fit how much of the file has to fit
 */
public record ModelSettings(String name, double width, Optional<Path> weights, Fit fit) {
  /** How much of a file of weights has to fit a network. */
  public enum Fit {
    /** All of it, and nothing may be missing. */
    WHOLE,
    /** Whatever fits is taken; the rest of the network keeps its first weights. */
    PARTIAL
  }

  /** The network of that name as it is in the zoo. */
  public static ModelSettings of(String name) {
    return new ModelSettings(name, 1, Optional.empty(), Fit.WHOLE);
  }

  /** These settings with another name. */
  public ModelSettings name(String other) {
    return new ModelSettings(other, width, weights, fit);
  }

  ModelSettings folders(Path home) {
    return new ModelSettings(name, width, weights.map(f -> home.resolve(f).normalize()), fit);
  }
}
