package dev.trifocal.architecture.planted.graph;

import dev.trifocal.architecture.planted.layer.Storage;

/** Takes a place in memory for a kind of layer. */
public final class AsksStorage {
  boolean isInput(Storage storage) {
    return storage == Storage.GIVEN;
  }
}
