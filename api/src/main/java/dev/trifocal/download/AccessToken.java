package dev.trifocal.download;

/**
 * A secret that authenticates the user to a server. The token is sent only to the server it was
 * issued for, never to other servers after a redirect. {@link #toString} does not reveal the
 * secret.
 */
public record AccessToken(String secret) {
  @Override
  public String toString() {
    return "AccessToken";
  }
}
