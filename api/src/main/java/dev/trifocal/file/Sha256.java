package dev.trifocal.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests. */
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the digest of a file in the form of {@link #text}.
   *
   * @throws dev.trifocal.error.FileException if the file cannot be read
   */
  public static String of(Path file) {
    Sha256 sha = new Sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha.digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    return sha.text();
  }

  /** Adds text in UTF-8. */
  public Sha256 add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds the remaining bytes of the buffer. */
  public Sha256 add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** Returns the digest as text, for example {@code sha256:9f86d0...}, and resets it. */
  public String text() {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }
}
