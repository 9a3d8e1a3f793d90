package dev.trifocal.apps.command;

import dev.trifocal.config.Recipes;
import java.util.Iterator;

/** The names of the recipes, for the help of an option. */
final class RecipeNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Recipes.names().iterator();
  }
}
