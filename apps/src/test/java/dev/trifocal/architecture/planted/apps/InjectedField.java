package dev.trifocal.architecture.planted.apps;

import com.google.inject.Inject;

/** Is not whole after its constructor. */
public final class InjectedField {
  @Inject private Object later;

  Object later() {
    return later;
  }
}
