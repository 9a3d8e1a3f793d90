package dev.trifocal.datasets;

import dev.trifocal.datasets.idx.IdxFile;
import dev.trifocal.download.FileCheck;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The checksum that identifies a file.
 *
 * @param coverage the part of the file that the digest covers
 * @param algorithm the algorithm, {@code MD5} or {@code SHA-256}
 * @param hex the digest in hexadecimal
 */
public record Checksum(Coverage coverage, String algorithm, String hex) implements FileCheck {
  /** The part of a file that a digest covers. */
  public enum Coverage {
    /** The file as on the server; a copy that was compressed again differs. */
    FILE,
    /** The content without gzip compression, which is the same for every copy. */
    CONTENT
  }

  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
  }

  public static Checksum ofFile(String md5) {
    return new Checksum(Coverage.FILE, "MD5", md5);
  }

  public static Checksum ofContent(String md5) {
    return new Checksum(Coverage.CONTENT, "MD5", md5);
  }

  @Override
  public Optional<String> problem(InputStream content, long size) throws IOException {
    String actual;
    try {
      actual = of(content);
    } catch (ZipException | EOFException e) {
      actual = "undefined because the gzip data is incomplete";
    }
    return actual.equals(hex)
        ? Optional.empty()
        : Optional.of("its %s is %s, expected %s".formatted(algorithm, actual, hex));
  }

  /** Computes the digest of a file with the same algorithm and coverage. */
  String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** Computes the digest of a whole file, read from {@code in}, which is not closed. */
  String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    InputStream covered = coverage == Coverage.FILE ? in : IdxFile.plain(in);
    byte[] buffer = new byte[1 << 16];
    for (int count = covered.read(buffer); count >= 0; count = covered.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Computes the digest of content in memory. */
  String of(List<ByteBuffer> content) {
    MessageDigest digest = digest();
    content.forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("there is no checksum algorithm " + algorithm, e);
    }
  }
}
