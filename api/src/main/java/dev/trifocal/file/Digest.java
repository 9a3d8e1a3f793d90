package dev.trifocal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A digest that identifies content.
 *
 * @param hex the digest in hexadecimal
 */
public record Digest(Kind kind, String hex) {
  /** The algorithm. */
  public enum Kind {
    MD5("MD5", "md5"),
    SHA_256("SHA-256", "sha256"),
    /** Git's name of a file: SHA-1 of {@code blob}, the size, a zero byte and the content. */
    GIT_BLOB("SHA-1", "git-blob");

    private final String algorithm;
    private final String prefix;

    Kind(String algorithm, String prefix) {
      this.algorithm = algorithm;
      this.prefix = prefix;
    }

    /** Returns the name of the algorithm, such as {@code SHA-256}. */
    public String algorithm() {
      return algorithm;
    }

    /**
     * Returns the digest of a stream.
     *
     * @param content stream, which stays open
     * @param size size of the content in bytes
     */
    public Digest of(InputStream content, long size) throws IOException {
      return new DigestBuilder(this, size).add(content).build();
    }

    /** Returns the digest of the remaining bytes of buffers, in order. */
    public Digest of(List<ByteBuffer> content) {
      DigestBuilder builder =
          new DigestBuilder(this, content.stream().mapToLong(ByteBuffer::remaining).sum());
      content.forEach(builder::add);
      return builder.build();
    }
  }

  public Digest {
    hex = hex.toLowerCase(Locale.ROOT);
  }

  public static Digest md5(String hex) {
    return new Digest(Kind.MD5, hex);
  }

  public static Digest sha256(String hex) {
    return new Digest(Kind.SHA_256, hex);
  }

  /**
   * Returns the SHA-256 of a file.
   *
   * @throws dev.trifocal.error.FileException if the file cannot be read
   */
  public static Digest sha256Of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return DigestBuilder.sha256().add(in).build();
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /** Returns a message if another digest differs from this one. */
  public Optional<String> problem(Digest actual) {
    return equals(actual) ? Optional.empty() : Optional.of(mismatch(actual.hex()));
  }

  /** Returns a message such as {@code its MD5 is 0cc1..., expected 8d4f...}. */
  public String mismatch(String actual) {
    return "its %s is %s, expected %s".formatted(kind.algorithm, actual, hex);
  }

  /** Returns the digest with its kind: {@code sha256:9f86d0...}. */
  public String text() {
    return kind.prefix + ":" + hex;
  }
}
