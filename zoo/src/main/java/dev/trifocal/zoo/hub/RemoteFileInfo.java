package dev.trifocal.zoo.hub;

import dev.trifocal.download.FileCheck;
import dev.trifocal.file.Digest;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a hub states of a file before it sends it.
 *
 * @param commit that the revision stands for now
 * @param digest of the content: SHA-256 of a large file, Git's name of a small one
 * @param size in bytes
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

  /** By its length; a strong or weak ETag in quotes, or the bare digits. */
  static Optional<Digest> digest(String etag) {
    String hex = etag.replaceFirst("^W/", "").replace("\"", "");
    if (hex.matches(SHA_256)) {
      return Optional.of(Digest.sha256(hex));
    }
    return hex.matches(SHA_1)
        ? Optional.of(new Digest(Digest.Kind.GIT_BLOB, hex))
        : Optional.empty();
  }

  /** The SHA-256, if that is what the hub states. */
  Optional<String> sha256() {
    return digest.filter(stated -> stated.kind() == Digest.Kind.SHA_256).map(Digest::hex);
  }

  /** What the file is checked against: what is known for certain, else what the hub states. */
  Optional<FileCheck> check(HubFile file) {
    return file.sha256().map(Digest::sha256).or(() -> digest).map(FileCheck::of);
  }
}
