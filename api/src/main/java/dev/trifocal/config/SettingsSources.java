package dev.trifocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources of settings. Flags take precedence over system properties, system properties over the
 * configuration file, the file over the recipe that one of them names, and the recipe over the
 * defaults.
 *
 * @param file configuration file in HOCON
 * @param properties system properties; only those starting with {@code trifocal.} are used
 * @param flags values by setting, without the prefix: {@code batch-size -> 32}
 * @param flagPrefix text before the names of flags in messages, for example {@code --}
 */
public record SettingsSources(
    Optional<Path> file,
    Map<String, String> properties,
    Map<String, String> flags,
    String flagPrefix) {
  static final String SECTION = "trifocal";
  static final String PREFIX = SECTION + ".";
  private static final String TASK = PREFIX + "task";
  private static final String RECIPE = PREFIX + "recipe";
  static final String FLAGS = "command line";

  /** Former names of settings, found in the configuration of older runs. */
  private static final Map<String, String> RENAMED =
      Map.of("deviation", "std", "picture-cache", "image-cache");

  public SettingsSources {
    properties = Map.copyOf(properties);
    flags = Map.copyOf(flags);
  }

  /** Creates sources whose messages name flags like other settings: {@code trifocal.batch-size}. */
  public SettingsSources(
      Optional<Path> file, Map<String, String> properties, Map<String, String> flags) {
    this(file, properties, flags, PREFIX);
  }

  /**
   * Merges the sources and validates the result.
   *
   * @throws ConfigurationException if there are unknown settings or invalid values; the message
   *     lists all of them
   */
  public Settings read() {
    Config reference = reference();
    Set<String> known = paths(reference);
    Config given =
        renamed(flagLayer())
            .withFallback(renamed(propertyLayer()))
            .withFallback(renamed(fileLayer()));
    List<String> problems = new ArrayList<>();
    paths(given).stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> problems.add(unknown(key, known)));
    // Without the section nothing can be read; further problems would be noise.
    requireNone(given.hasPath(SECTION) && !isSection(given) ? problems : List.of());
    Config chosen = given.withFallback(recipe(given));
    Config all = chosen.withFallback(usual(chosen)).withFallback(reference);
    Settings settings = new SettingsReader(new SettingValues(all, problems, flagPrefix)).settings();
    requireNone(problems);
    return settings;
  }

  private static Config renamed(Config layer) {
    Config result = layer;
    for (Map.Entry<String, String> entry : RENAMED.entrySet()) {
      String old = PREFIX + entry.getKey();
      String current = PREFIX + entry.getValue();
      if (result.hasPathOrNull(old)) {
        if (result.hasPathOrNull(current)) {
          throw new ConfigurationException(
              "%s and %s are the same setting; remove one".formatted(old, current));
        }
        result = result.withValue(current, result.getValue(old)).withoutPath(old);
      }
    }
    return result;
  }

  private static boolean isSection(Config config) {
    return config.getValue(SECTION).valueType() == ConfigValueType.OBJECT;
  }

  private static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(String.join("; ", problems));
    }
  }

  static Config reference() {
    return resource("trifocal-reference.conf");
  }

  /** Returns the settings of the recipe; an unknown one is reported with the other problems. */
  private static Config recipe(Config given) {
    return Optional.of(given)
        .filter(config -> config.hasPath(RECIPE))
        .map(config -> String.valueOf(config.getAnyRef(RECIPE)))
        .filter(Recipes.names()::contains)
        .map(name -> resource(Recipes.resource(name)))
        .orElse(ConfigFactory.empty());
  }

  /** Returns the task's own defaults, if it has any. */
  private static Config usual(Config given) {
    boolean transfer =
        given.hasPath(TASK)
            && String.valueOf(given.getAnyRef(TASK)).equals(SettingValues.word(Task.TRANSFER));
    return transfer ? resource("trifocal-transfer.conf") : ConfigFactory.empty();
  }

  static Config resource(String name) {
    return ConfigFactory.parseResources(
            SettingsSources.class.getClassLoader(),
            name,
            ConfigParseOptions.defaults().setAllowMissing(false))
        .resolve();
  }

  private Config flagLayer() {
    Map<String, String> prefixed = new LinkedHashMap<>();
    flags.forEach((key, value) -> prefixed.put(PREFIX + key, value));
    return ConfigFactory.parseMap(prefixed, FLAGS);
  }

  private Config propertyLayer() {
    Properties chosen = new Properties();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            chosen.setProperty(key, value);
          }
        });
    return ConfigFactory.parseProperties(chosen);
  }

  private Config fileLayer() {
    if (file.isEmpty()) {
      return ConfigFactory.empty();
    }
    Path path = file.get();
    if (!Files.isRegularFile(path)) {
      throw new ConfigurationException(path + " is not a file; expected a configuration file");
    }
    try {
      return ConfigFactory.parseFile(
              path.toFile(), ConfigParseOptions.defaults().setIncluder(new IncludeRefusal()))
          .resolve();
    } catch (ConfigException e) {
      throw new ConfigurationException(
          "settings cannot be read: %s: %s"
              .formatted(path, e.getMessage().replace(path + ": ", "")),
          e);
    } catch (StackOverflowError e) {
      throw new ConfigurationException(
          "settings cannot be read: %s: braces or brackets are nested too deeply".formatted(path),
          e);
    }
  }

  private static Set<String> paths(Config config) {
    Set<String> result = new TreeSet<>();
    config.entrySet().forEach(e -> result.add(String.join(".", ConfigUtil.splitPath(e.getKey()))));
    return result;
  }

  private static String unknown(String key, Set<String> known) {
    // Compare without the common prefix, which would make all settings look similar.
    List<String> words = known.stream().map(SettingsSources::bare).toList();
    String guess =
        Suggestion.closest(bare(key), words)
            .map(word -> " (did you mean %s%s?)".formatted(PREFIX, word))
            .orElse("");
    return key + " is not a setting" + guess;
  }

  private static String bare(String key) {
    return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
  }
}
