package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The network to train and its initial weights.
 *
 * @param name name of a zoo model or path of an ONNX file
 * @param width multiplier for the number of channels, positive
 * @param weights path of a safetensors file, or {@value #PUBLISHED}; empty for initial weights
 *     drawn from the seed
 * @param fit how completely the weights must match the network
 * @param freeze parts excluded from training: node paths, each including the nodes below it, or
 *     {@value #ALL}
 * @param head path of the node after which a new head is attached, or {@value #AUTO}; empty to keep
 *     the network's head
 */
public record ModelSettings(
    String name,
    double width,
    Optional<String> weights,
    WeightMatch fit,
    List<String> freeze,
    Optional<String> head) {
  /** Freezes everything except a new head. */
  public static final String ALL = "all";

  /** Attaches the new head before the last layer with weights. */
  public static final String AUTO = "auto";

  /** Selects the published weights of a zoo model. */
  public static final String PUBLISHED = "published";

  private static final String ONNX = ".onnx";

  /** How completely a weights file must match a network. */
  public enum WeightMatch {
    /** Exactly: no weights may be missing or left over. */
    WHOLE,
    /** Matching weights are loaded; the rest of the network keeps its initial weights. */
    PARTIAL
  }

  public ModelSettings {
    freeze = List.copyOf(freeze);
  }

  /** Returns the default settings for a model. */
  public static ModelSettings of(String name) {
    return new ModelSettings(
        name, 1, Optional.empty(), WeightMatch.WHOLE, List.of(), Optional.empty());
  }

  /** Returns these settings with another model name. */
  public ModelSettings name(String other) {
    return new ModelSettings(other, width, weights, fit, freeze, head);
  }

  /** Returns whether the model is an ONNX file rather than a zoo model. */
  public boolean isFile() {
    return isFile(name);
  }

  /** Returns whether a name denotes an ONNX file. */
  public static boolean isFile(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(ONNX);
  }

  /** Returns whether training starts from the published weights. */
  public boolean isPublished() {
    return weights.filter(PUBLISHED::equals).isPresent();
  }

  /** Returns the weights file, if the weights come from one. */
  public Optional<Path> weightsFile() {
    return weights.filter(text -> !text.equals(PUBLISHED)).map(Path::of);
  }

  /**
   * Rejects settings that apply to zoo models only.
   *
   * @throws ConfigurationException if the model is an ONNX file and a width or weights are set
   */
  public void requireOwn() {
    if (isFile() && (weights.isPresent() || width != 1)) {
      throw new ConfigurationException(
          "%s is an ONNX file and has its own network and weights; %s applies to zoo models only"
              .formatted(name, weights.isPresent() ? "weights" : "width"));
    }
  }

  /** Returns the model name without directories and file extension. */
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
