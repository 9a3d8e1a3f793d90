package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.picture.Preprocessing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of pictures, read and written. */
record PictureSettingsReader(SettingValues values) {
  private static final String AUTO = "auto";
  private static final String CHANNELS = "channels";
  private static final String SIZE = "size";
  private static final String AUGMENT = "augment";
  private static final String STRICT = "strict";
  private static final String CACHE = "picture-cache";

  PictureSettings settings() {
    String augmentation = String.join(",", values.words(AUGMENT));
    return new PictureSettings(
        said(CHANNELS, PictureSettingsReader::colours),
        said(SIZE, PictureSize::parse),
        augmentation.isEmpty() ? PictureSettings.USUAL.augmentation() : augmentation,
        preparation(),
        values.yes(STRICT) ? PictureSettings.Unreadable.REFUSE : PictureSettings.Unreadable.SKIP,
        values
            .choice(CACHE, PictureSettings.PictureCache.class)
            .orElse(PictureSettings.PictureCache.MEMORY));
  }

  private PictureChoice preparation() {
    return new PictureChoice(
        choice("preprocessing", PictureChoice.Usual.class),
        said("shorter-side", PictureSettingsReader::side),
        choice("order", Preprocessing.Order.class),
        said("scale", PictureSettingsReader::divisor),
        said("mean", PictureSettingsReader::channels),
        said("deviation", PictureSettingsReader::divisors));
  }

  /** As {@link SettingsText} writes them. */
  static void write(PictureSettings pictures, Map<String, String> result) {
    result.put(CHANNELS, word(pictures.channels(), String::valueOf));
    result.put(SIZE, word(pictures.size(), PictureSize::toString));
    result.put(AUGMENT, pictures.augmentation());
    write(pictures.preparation(), result);
    boolean strict = pictures.unreadable() == PictureSettings.Unreadable.REFUSE;
    result.put(STRICT, String.valueOf(strict));
    result.put(CACHE, SettingValues.word(pictures.cache()));
  }

  /** What is said, and nothing of what is not. */
  static Map<String, String> said(PictureChoice choice) {
    Map<String, String> result = new LinkedHashMap<>();
    write(choice, result);
    result.values().removeIf(AUTO::equals);
    return result;
  }

  private static void write(PictureChoice choice, Map<String, String> result) {
    result.put("preprocessing", word(choice.named(), SettingValues::word));
    result.put("shorter-side", word(choice.shorterSide(), String::valueOf));
    result.put("order", word(choice.order(), SettingValues::word));
    result.put("scale", word(choice.scale(), String::valueOf));
    result.put("mean", word(choice.mean(), PictureSettingsReader::listed));
    result.put("deviation", word(choice.deviation(), PictureSettingsReader::listed));
  }

  private <T> Optional<T> said(String key, Function<String, T> parser) {
    String text = String.join(",", values.words(key));
    return text.equals(AUTO) ? Optional.empty() : values.parsed(key, whole -> parser.apply(text));
  }

  private <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return values.text(key).equals(AUTO) ? Optional.empty() : values.choice(key, type);
  }

  private static int colours(String text) {
    require(text.equals("1") || text.equals("3"), "it should be 3 for colours or 1 for gray");
    return Integer.parseInt(text);
  }

  private static int side(String text) {
    require(text.matches("\\d{1,5}"), "it should be a number of pixels, or 0 to stretch");
    return Integer.parseInt(text);
  }

  private static double divisor(String text) {
    double value = number(text);
    require(value > 0, "it should be positive, but is " + text);
    return value;
  }

  private static List<Double> divisors(String text) {
    List<Double> values = channels(text);
    require(values.stream().noneMatch(value -> value == 0), "it must not be 0");
    return values;
  }

  private static List<Double> channels(String text) {
    List<Double> values =
        Arrays.stream(text.split(",")).map(PictureSettingsReader::number).toList();
    require(
        values.size() == 1 || values.size() == 3,
        "it should be one number or three, but is '%s'".formatted(text));
    return values;
  }

  private static double number(String text) {
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new ConfigurationException("'%s' is no number".formatted(text), e);
    }
    require(Double.isFinite(value), "it should be a finite number, but is " + text);
    return value;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new ConfigurationException(problem);
    }
  }

  private static String listed(List<Double> values) {
    return String.join(",", values.stream().map(String::valueOf).toList());
  }

  private static <T> String word(Optional<T> value, Function<T, String> text) {
    return value.map(text).orElse(AUTO).toLowerCase(Locale.ROOT);
  }
}
