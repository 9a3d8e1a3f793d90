package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.Preprocessing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes the image settings. */
record ImageSettingsReader(SettingValues values) {
  private static final String AUTO = "auto";
  private static final String CHANNELS = "channels";
  private static final String SIZE = "size";
  private static final String AUGMENT = "augment";
  private static final String MULTI_LABEL = "multi-label";
  private static final String MASK_CLASSES = "mask-classes";
  private static final String STRICT = "strict";
  private static final String CACHE = "image-cache";

  ImageSettings settings() {
    String augmentation = String.join(",", values.words(AUGMENT));
    return new ImageSettings(
        said(CHANNELS, ImageSettingsReader::colours),
        said(SIZE, ImageSize::parse),
        augmentation.isEmpty() ? ImageSettings.USUAL.augmentation() : augmentation,
        preprocessing(),
        values.yes(MULTI_LABEL)
            ? ImageSettings.Labelling.MULTI_LABEL
            : ImageSettings.Labelling.ONE_CLASS,
        values.optionalPath(MASK_CLASSES),
        values.yes(STRICT) ? ImageSettings.Unreadable.REFUSE : ImageSettings.Unreadable.SKIP,
        values
            .choice(CACHE, ImageSettings.ImageCacheMode.class)
            .orElse(ImageSettings.ImageCacheMode.MEMORY));
  }

  private PreprocessingSettings preprocessing() {
    return new PreprocessingSettings(
        choice("preprocessing", PreprocessingSettings.Usual.class),
        said("shorter-side", ImageSettingsReader::side),
        choice("order", Preprocessing.Order.class),
        said("scale", ImageSettingsReader::divisor),
        said("mean", ImageSettingsReader::channels),
        said("std", ImageSettingsReader::divisors));
  }

  /** Adds the image settings to the map that {@link SettingsText#values(Settings)} returns. */
  static void write(ImageSettings images, Map<String, String> result) {
    result.put(CHANNELS, word(images.channels(), String::valueOf));
    result.put(SIZE, word(images.size(), ImageSize::toString));
    result.put(AUGMENT, images.augmentation());
    write(images.preprocessing(), result);
    result.put(MULTI_LABEL, String.valueOf(images.isMultiLabel()));
    result.put(MASK_CLASSES, images.maskClasses().map(Path::toString).orElse("none"));
    boolean strict = images.unreadable() == ImageSettings.Unreadable.REFUSE;
    result.put(STRICT, String.valueOf(strict));
    result.put(CACHE, SettingValues.word(images.cache()));
  }

  /** Returns the preprocessing settings that are present, by key. */
  static Map<String, String> said(PreprocessingSettings choice) {
    Map<String, String> result = new LinkedHashMap<>();
    write(choice, result);
    result.values().removeIf(AUTO::equals);
    return result;
  }

  private static void write(PreprocessingSettings choice, Map<String, String> result) {
    result.put("preprocessing", word(choice.named(), SettingValues::word));
    result.put("shorter-side", word(choice.shorterSide(), String::valueOf));
    result.put("order", word(choice.order(), SettingValues::word));
    result.put("scale", word(choice.scale(), String::valueOf));
    result.put("mean", word(choice.mean(), ImageSettingsReader::listed));
    result.put("std", word(choice.std(), ImageSettingsReader::listed));
  }

  private <T> Optional<T> said(String key, Function<String, T> parser) {
    String text = String.join(",", values.words(key));
    return text.equals(AUTO) ? Optional.empty() : values.parsed(key, whole -> parser.apply(text));
  }

  private <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return values.text(key).equals(AUTO) ? Optional.empty() : values.choice(key, type);
  }

  private static int colours(String text) {
    require(text.equals("1") || text.equals("3"), "must be 3 (colour) or 1 (gray)");
    return Integer.parseInt(text);
  }

  private static int side(String text) {
    require(text.matches("\\d{1,5}"), "must be a number of pixels, or 0 to stretch");
    return Integer.parseInt(text);
  }

  private static double divisor(String text) {
    double value = number(text);
    require(value > 0, "must be positive, but is " + text);
    return value;
  }

  private static List<Double> divisors(String text) {
    List<Double> values = channels(text);
    require(values.stream().noneMatch(value -> value == 0), "must not be 0");
    return values;
  }

  private static List<Double> channels(String text) {
    List<Double> values = Arrays.stream(text.split(",")).map(ImageSettingsReader::number).toList();
    require(
        values.size() == 1 || values.size() == 3,
        "must be one number or three, but is '%s'".formatted(text));
    return values;
  }

  private static double number(String text) {
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new ConfigurationException("'%s' is not a number".formatted(text), e);
    }
    require(Double.isFinite(value), "must be a finite number, but is " + text);
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
