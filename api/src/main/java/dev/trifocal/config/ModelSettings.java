package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which network, and with what it begins.
 *
 * @param name of the zoo, or path of an ONNX file
 * @param width what its number of channels is multiplied with, positive
 * @param weights path of a safetensors file, or {@value #PUBLISHED}; empty for first weights of the
 *     seed
 * @param fit how much of the file has to fit
 * @param freeze what training leaves as it is: paths of nodes, each with what lies below it, or
 *     {@value #ALL}
 * @param head path of the node after which a new head begins, or {@value #AUTO}; empty to keep the
 *     network's own
 */
public record ModelSettings(
    String name,
    double width,
    Optional<String> weights,
    WeightMatch fit,
    List<String> freeze,
    Optional<String> head) {
  /** Everything but a new head. */
  public static final String ALL = "all";

  /** Before the last layer that has weights. */
  public static final String AUTO = "auto";

  /** The weights that were published for a network of the zoo. */
  public static final String PUBLISHED = "published";

  private static final String ONNX = ".onnx";

  /** How much of a file of weights has to fit a network. */
  public enum WeightMatch {
    /** All of it, and nothing may be missing. */
    WHOLE,
    /** Whatever fits is taken; the rest of the network keeps its first weights. */
    PARTIAL
  }

  public ModelSettings {
    freeze = List.copyOf(freeze);
  }

  /** The network of that name as it is in the zoo. */
  public static ModelSettings of(String name) {
    return new ModelSettings(
        name, 1, Optional.empty(), WeightMatch.WHOLE, List.of(), Optional.empty());
  }

  /** These settings with another name. */
  public ModelSettings name(String other) {
    return new ModelSettings(other, width, weights, fit, freeze, head);
  }

  /** Whether the name is that of an ONNX file, and not one of the zoo. */
  public boolean isFile() {
    return isFile(name);
  }

  /** Whether a name is that of an ONNX file. */
  public static boolean isFile(String name) {
    return name.endsWith(ONNX);
  }

  /** Whether to begin with the weights that were published for the network. */
  public boolean isPublished() {
    return weights.filter(PUBLISHED::equals).isPresent();
  }

  /** The file of weights to begin with, if it is one. */
  public Optional<Path> weightsFile() {
    return weights.filter(text -> !text.equals(PUBLISHED)).map(Path::of);
  }

  /**
   * @throws ConfigurationException if a file is to have a width or weights that are for models of
   *     the zoo
   */
  public void requireOwn() {
    if (isFile() && (weights.isPresent() || width != 1)) {
      throw new ConfigurationException(
          "%s is an ONNX file and has its own network and weights; --%s is for models of the zoo"
              .formatted(name, weights.isPresent() ? "weights" : "width"));
    }
  }

  /** The name without folders and ending, to name other things after it. */
  public String brief() {
    String last = Path.of(name).getFileName().toString();
    return isFile() ? last.substring(0, last.length() - ONNX.length()) : last;
  }

  ModelSettings folders(Path home) {
    return new ModelSettings(
        isFile() ? home.resolve(name).normalize().toString() : name,
        width,
        isPublished()
            ? weights
            : weightsFile().map(file -> home.resolve(file).normalize().toString()),
        fit,
        freeze,
        head);
  }
}
