package dev.trifocal.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.trifocal.error.ConfigurationException;
import java.util.Locale;

/**
 * An amount of memory.
 *
 * @param bytes at least 1
 */
public record MemorySize(long bytes) {
  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;
  private static final String KEY = "size";

  /**
   * @throws ConfigurationException if it is less than a byte
   */
  public MemorySize {
    if (bytes < 1) {
      throw new ConfigurationException("an amount of memory must be positive, but is " + bytes);
    }
  }

  /**
   * Parses a number with a unit: {@code 4GiB}, {@code 900MiB}, {@code 2GB}; without one, bytes.
   *
   * @throws ConfigurationException if the text is something else
   */
  public static MemorySize parse(String text) {
    try {
      return new MemorySize(
          ConfigFactory.empty().withValue(KEY, ConfigValueFactory.fromAnyRef(text)).getBytes(KEY));
    } catch (ConfigException e) {
      throw new ConfigurationException(
          "'%s' is not an amount of memory such as 4GiB or 900MiB".formatted(text), e);
    }
  }

  /** Returns the amount as {@link #parse} reads it, exactly. */
  public String text() {
    if (bytes % GIBIBYTE == 0) {
      return bytes / GIBIBYTE + "GiB";
    }
    return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + "MiB" : String.valueOf(bytes);
  }

  /** Returns the amount as a person reads it: {@code 1.7 GiB} or {@code 850 MiB}, rounded up. */
  @Override
  public String toString() {
    // Whole units first: ten times the bytes may be more than a long holds.
    long tenths = 10 * (bytes / GIBIBYTE) - Math.floorDiv(-10 * (bytes % GIBIBYTE), GIBIBYTE);
    return bytes < GIBIBYTE
        ? -Math.floorDiv(-bytes, MEBIBYTE) + " MiB"
        : String.format(Locale.ROOT, "%d.%d GiB", tenths / 10, tenths % 10);
  }
}
