package dev.trifocal.architecture.planted.apps;

import jakarta.inject.Inject;

/** Is not whole after its constructor. */
public final class InjectedMethod {
  @Inject
  void later(Object value) {}
}
