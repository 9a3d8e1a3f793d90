package dev.trifocal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Suggests corrections for mistyped words. */
public final class Suggestion {
  /** The minimum similarity of a suggestion, in [0, 1]. */
  public static final double CLOSE = 0.85;

  private Suggestion() {}

  /** Returns the most similar word, if one is close enough. */
  public static Optional<String> closest(String word, Collection<String> words) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return words.stream()
        .filter(candidate -> similarity.apply(word, candidate) >= CLOSE)
        .max(Comparator.comparingDouble(candidate -> similarity.apply(word, candidate)));
  }

  /**
   * Returns a suggestion to append to a message, {@code " (did you mean adam?)"}, or an empty
   * string.
   */
  public static String didYouMean(String word, Collection<String> words) {
    return closest(word, words).map(" (did you mean %s?)"::formatted).orElse("");
  }
}
