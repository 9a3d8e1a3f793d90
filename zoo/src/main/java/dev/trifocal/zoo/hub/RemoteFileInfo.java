package dev.trifocal.zoo.hub;

import dev.trifocal.download.FileCheck;
import dev.trifocal.file.Digest;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The information about a file in a hub's response headers.
 *
 * @param commit the commit that the revision currently refers to
 * @param digest the digest of the content: SHA-256 for large files, Git's object id for small ones
 * @param size the size, in bytes
 */
record RemoteFileInfo(Optional<String> commit, Optional<Digest> digest, OptionalLong size) {
  static final String LINKED_ETAG = "X-Linked-ETag";

  private static final String SHA_256 = "[0-9a-fA-F]{64}";
  private static final String SHA_1 = "[0-9a-fA-F]{40}";

  static RemoteFileInfo of(HttpHeaders headers) {
    boolean linked = headers.firstValue(LINKED_ETAG).isPresent();
    return new RemoteFileInfo(
        headers.firstValue("X-Repo-Commit").filter(text -> text.matches(SHA_1)),
        headers.firstValue(linked ? LINKED_ETAG : "ETag").flatMap(RemoteFileInfo::digest),
        headers.firstValueAsLong(linked ? "X-Linked-Size" : "Content-Length"));
  }

  /**
   * Parses a digest, whose kind follows from its length, from a strong or weak ETag or bare digits.
   */
  static Optional<Digest> digest(String etag) {
    String hex = etag.replaceFirst("^W/", "").replace("\"", "");
    if (hex.matches(SHA_256)) {
      return Optional.of(Digest.sha256(hex));
    }
    return hex.matches(SHA_1)
        ? Optional.of(new Digest(Digest.Kind.GIT_BLOB, hex))
        : Optional.empty();
  }

  /** Returns the SHA-256 if the hub provides it. */
  Optional<String> sha256() {
    return digest.filter(stated -> stated.kind() == Digest.Kind.SHA_256).map(Digest::hex);
  }

  /** Returns the check for a download: the known digest of the file, else the hub's. */
  Optional<FileCheck> check(HubFile file) {
    return file.sha256().map(Digest::sha256).or(() -> digest).map(FileCheck::of);
  }
}
