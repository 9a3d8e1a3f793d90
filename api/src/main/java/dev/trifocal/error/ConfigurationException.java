package dev.trifocal.error;

/** Thrown for unknown settings and invalid values; the message lists all problems. */
public final class ConfigurationException extends TrifocalException {
  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
