package dev.trifocal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes a {@link Digest} incrementally. */
public final class DigestBuilder {
  private final Digest.Kind kind;
  private final MessageDigest digest;

  /**
   * @param size size of the whole content in bytes, used by Git's names only
   */
  DigestBuilder(Digest.Kind kind, long size) {
    this.kind = kind;
    try {
      digest = MessageDigest.getInstance(kind.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + kind.algorithm(), e);
    }
    if (kind == Digest.Kind.GIT_BLOB) {
      add("blob %s\0".formatted(size));
    }
  }

  public static DigestBuilder sha256() {
    return new DigestBuilder(Digest.Kind.SHA_256, 0);
  }

  /** Adds text in UTF-8. */
  public DigestBuilder add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds the remaining bytes of a buffer. */
  public DigestBuilder add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds the remaining bytes of a stream, which stays open. */
  DigestBuilder add(InputStream content) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return this;
  }

  /** Returns the digest of everything added, and resets this builder. */
  public Digest build() {
    return new Digest(kind, HexFormat.of().formatHex(digest.digest()));
  }
}
