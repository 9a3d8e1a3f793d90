package dev.trifocal.architecture.planted.train;

import java.util.HashMap;

/** Is final, yet its entries are not. */
public final class StaticCache {
  static final HashMap<String, String> CACHE = new HashMap<>();
}
