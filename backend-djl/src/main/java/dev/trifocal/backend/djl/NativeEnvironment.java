package dev.trifocal.backend.djl;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The environment that native libraries of this process read, on Linux; elsewhere it stays as it
 * is. Java's own view of it never changes.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /** What the user has set stays. */
  static void set(String name, String value) {
    c("setenv", name, value, 0);
  }

  static void unset(String name) {
    c("unsetenv", name);
  }

  private static void c(String function, Object... arguments) {
    if (Platform.isLinux()) {
      NativeLibrary.getInstance("c").getFunction(function).invokeInt(arguments);
    }
  }
}
