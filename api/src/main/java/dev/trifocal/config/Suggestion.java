package dev.trifocal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** What someone who mistyped a word probably meant. */
public final class Suggestion {
  /** Below this similarity, in [0, 1], a guess confuses more than it helps. */
  public static final double CLOSE = 0.85;

  private Suggestion() {}

  /** The most similar of the words, if one is close. */
  public static Optional<String> closest(String word, Collection<String> words) {
    JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    return words.stream()
        .filter(candidate -> similarity.apply(word, candidate) >= CLOSE)
        .max(Comparator.comparingDouble(candidate -> similarity.apply(word, candidate)));
  }

  /** For the end of a message: {@code " (did you mean adam?)"}, or nothing. */
  public static String didYouMean(String word, Collection<String> words) {
    return closest(word, words).map(" (did you mean %s?)"::formatted).orElse("");
  }
}
