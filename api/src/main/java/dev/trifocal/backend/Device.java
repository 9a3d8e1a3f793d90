package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device on which an engine computes.
 *
 * @param index zero-based index among the devices of its kind
 */
public record Device(Kind kind, int index) {
  public static final Device CPU = new Device(Kind.CPU, 0);
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /** The kinds of devices. */
  public enum Kind {
    CPU,
    GPU
  }

  /**
   * Parses a device name.
   *
   * @param text {@code cpu}, {@code gpu} (the first GPU) or {@code gpu:1}
   * @throws ConfigurationException if the text has another form
   */
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher matcher = GPU.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigurationException("'" + text + "' is not a device; use cpu, gpu or gpu:1");
    }
    String index = matcher.group(1);
    return new Device(Kind.GPU, index == null ? 0 : Integer.parseInt(index));
  }

  /** Returns a string such as {@code cpu} or {@code gpu:0}. */
  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "gpu:" + index;
  }
}
