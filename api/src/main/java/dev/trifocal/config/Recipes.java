package dev.trifocal.config;

import java.util.List;

/**
 * Recipes: complete settings for one data set, found by name. Each is a configuration file among
 * the resources and a name here.
 */
public final class Recipes {
  private static final List<String> NAMES = List.of("mnist-fast");

  private Recipes() {}

  /** Returns the names of all recipes. */
  public static List<String> names() {
    return NAMES;
  }

  static String resource(String name) {
    return "trifocal-recipes/" + name + ".conf";
  }
}
