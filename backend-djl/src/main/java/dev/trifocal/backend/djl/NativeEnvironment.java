package dev.trifocal.backend.djl;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Changes the environment that native libraries of this process read, on Linux only. Java's view of
 * the environment is unaffected.
 */
final class NativeEnvironment {
  private NativeEnvironment() {}

  /** Sets a variable unless the user has set it. */
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
