package dev.trifocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.trifocal.error.TrifocalException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Typed access to settings by key. An invalid value is added to the list of problems and replaced
 * by a valid one, so that all problems are found in one pass.
 */
final class SettingValues {
  private static final String NONE = "none";

  private final Config config;
  private final List<String> problems;
  private final String flagPrefix;

  /**
   * @param flagPrefix text before the names of flags in problems
   */
  SettingValues(Config config, List<String> problems, String flagPrefix) {
    this.config = config;
    this.problems = problems;
    this.flagPrefix = flagPrefix;
  }

  /** Adds {@code <name of the setting> <what>} to the list of problems. */
  void complain(String key, String what) {
    String path = SettingsSources.PREFIX + key;
    boolean flag = config.getValue(path).origin().description().equals(SettingsSources.FLAGS);
    problems.add((flag ? flagPrefix + key : path) + " " + what);
  }

  String text(String key) {
    String text = raw(key);
    if (text.isBlank()) {
      complain(key, "must not be empty");
    }
    return text;
  }

  Optional<String> optionalText(String key) {
    return Optional.of(text(key)).filter(text -> !text.equals(NONE));
  }

  /** Returns the items of a list or of comma-separated text. */
  List<String> words(String key) {
    ConfigValue value = config.getValue(SettingsSources.PREFIX + key);
    List<String> words =
        value.unwrapped() instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : Arrays.stream(raw(key).split(",")).map(String::strip).toList();
    if (words.stream().anyMatch(String::isEmpty)) {
      complain(key, "must not contain empty items");
    }
    return words.equals(List.of(NONE)) ? List.of() : words;
  }

  Optional<Path> optionalPath(String key) {
    return raw(key).equals(NONE) ? Optional.empty() : parsed(key, Path::of);
  }

  /** Returns the parsed value; a parser's exception is reported as a problem. */
  <T> Optional<T> parsed(String key, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(raw(key)));
    } catch (TrifocalException | InvalidPathException e) {
      complain(key, "is invalid: " + e.getMessage());
      return Optional.empty();
    }
  }

  long whole(String key) {
    try {
      return Long.parseLong(raw(key));
    } catch (NumberFormatException e) {
      complain(key, "must be a whole number, but is '" + raw(key) + "'");
      return 1;
    }
  }

  int natural(String key) {
    return bounded(key, NumberRange.NATURAL);
  }

  int positive(String key) {
    return bounded(key, NumberRange.POSITIVE);
  }

  OptionalInt optionalPositive(String key) {
    return raw(key).equals(NONE) ? OptionalInt.empty() : OptionalInt.of(positive(key));
  }

  double number(String key, NumberRange range) {
    return optionalNumber(key, "", range).orElse(0);
  }

  /**
   * @param none text that denotes an absent number
   */
  OptionalDouble optionalNumber(String key, String none, NumberRange range) {
    String text = raw(key);
    if (text.equals(none)) {
      return OptionalDouble.empty();
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      complain(key, "must be a number, but is '" + text + "'");
      return OptionalDouble.empty();
    }
    if (!range.holds(value)) {
      complain(key, "must be " + range.words() + ", but is " + text);
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  boolean yes(String key) {
    String text = raw(key);
    if (!List.of("true", "false").contains(text)) {
      complain(key, "must be true or false, but is '" + text + "'");
    }
    return text.equals("true");
  }

  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    E[] all = type.getEnumConstants();
    String text = raw(key);
    for (E one : all) {
      if (word(one).equals(text)) {
        return Optional.of(one);
      }
    }
    List<String> words = Arrays.stream(all).map(SettingValues::word).toList();
    complain(
        key,
        "must be one of %s, but is '%s'%s"
            .formatted(String.join(", ", words), text, Suggestion.didYouMean(text, words)));
    return Optional.empty();
  }

  /** Returns a constant's name in configuration: {@code one-cycle}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private int bounded(String key, NumberRange range) {
    long value = whole(key);
    if (!range.holds(value)) {
      complain(key, "must be " + range.words() + ", but is " + value);
      return 1;
    }
    if (value > Integer.MAX_VALUE) {
      complain(key, "must be at most %d, but is %d".formatted(Integer.MAX_VALUE, value));
      return 1;
    }
    return (int) value;
  }

  /** Returns the value as text; lists and objects are rendered for use in messages. */
  private String raw(String key) {
    ConfigValue value = config.getValue(SettingsSources.PREFIX + key);
    boolean plain =
        value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST;
    return plain
        ? String.valueOf(value.unwrapped()).strip()
        : value.render(ConfigRenderOptions.concise());
  }
}
