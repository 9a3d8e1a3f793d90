package dev.trifocal.architecture.planted.datasets;

import com.google.inject.Injector;

/** Knows its container. */
public final class AsksInjector {
  Object any(Injector injector) {
    return injector.getInstance(Object.class);
  }
}
