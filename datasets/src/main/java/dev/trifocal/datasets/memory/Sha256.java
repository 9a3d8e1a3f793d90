package dev.trifocal.datasets.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Collects content and says its SHA-256. */
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  public void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  public void add(ByteBuffer bytes) {
    digest.update(bytes);
  }

  /** For example {@code sha256:9f86d0...}. */
  public String text() {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }
}
