package dev.trifocal.download;

import java.net.URI;
import java.util.Optional;

/**
 * A file on a server.
 *
 * @param address {@code http} or {@code https}
 * @param token bearer token, sent only to the server of {@code address}
 */
public record RemoteFile(URI address, Optional<AccessToken> token) {
  /** Returns a file that requires no authentication. */
  public static RemoteFile of(URI address) {
    return new RemoteFile(address, Optional.empty());
  }
}
