package dev.trifocal.download;

import java.net.URI;
import java.util.Optional;

/**
 * A file on a server.
 *
 * @param address {@code http} or {@code https}
 * @param token sent as a bearer token to the server of {@code address} alone
 */
public record RemoteFile(URI address, Optional<AccessToken> token) {
  /** A file that everyone may read. */
  public static RemoteFile of(URI address) {
    return new RemoteFile(address, Optional.empty());
  }
}
