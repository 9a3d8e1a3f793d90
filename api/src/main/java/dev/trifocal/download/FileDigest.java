package dev.trifocal.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A digest that identifies a file.
 *
 * @param hex in hexadecimal
 */
public record FileDigest(Kind kind, String hex) implements FileCheck {
  /** How it is computed. */
  public enum Kind {
    /** SHA-256 of the content. */
    SHA_256("SHA-256"),
    /** What Git names a file by: SHA-1 of {@code blob}, the size, a zero byte, and the content. */
    GIT_BLOB("SHA-1");

    private final String algorithm;

    Kind(String algorithm) {
      this.algorithm = algorithm;
    }

    private MessageDigest start(long size) {
      try {
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        if (this == GIT_BLOB) {
          digest.update("blob %s\0".formatted(size).getBytes(StandardCharsets.US_ASCII));
        }
        return digest;
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has " + algorithm, e);
      }
    }
  }

  public FileDigest {
    hex = hex.toLowerCase(Locale.ROOT);
  }

  public static FileDigest sha256(String hex) {
    return new FileDigest(Kind.SHA_256, hex);
  }

  /** The SHA-256 of a file. */
  public static FileDigest sha256Of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return sha256(digest(Kind.SHA_256, in, Files.size(file)));
    }
  }

  @Override
  public Optional<String> problem(InputStream content, long size) throws IOException {
    String actual = digest(kind, content, size);
    return actual.equals(hex)
        ? Optional.empty()
        : Optional.of("its %s is %s, expected %s".formatted(kind.algorithm, actual, hex));
  }

  private static String digest(Kind kind, InputStream content, long size) throws IOException {
    MessageDigest digest = kind.start(size);
    byte[] buffer = new byte[1 << 16];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
