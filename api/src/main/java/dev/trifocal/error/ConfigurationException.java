package dev.trifocal.error;

/** Settings are unknown or have bad values; all problems stand in one message. */
public final class ConfigurationException extends TrifocalException {
  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
