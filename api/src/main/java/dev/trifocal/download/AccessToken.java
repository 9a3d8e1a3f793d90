package dev.trifocal.download;

/**
 * A secret that a server knows its user by. It is sent to the server that it was given for, and to
 * no other that this one redirects to; its text never shows it.
 */
public record AccessToken(String secret) {
  @Override
  public String toString() {
    return "AccessToken";
  }
}
