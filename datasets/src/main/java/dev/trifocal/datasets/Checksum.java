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
 * What a file is known by.
 *
 * @param algorithm {@code MD5} or {@code SHA-256}
 * @param hex the digest in hexadecimal
 */
public record Checksum(Coverage coverage, String algorithm, String hex) implements FileCheck {
  /** What the digest is taken of. */
  public enum Coverage {
    /** The file as it lies on the server; a copy that was gzipped anew differs. */
    FILE,
    /** The file without gzip: the same for every copy. */
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
      actual = "that of no whole gzip file";
    }
    return actual.equals(hex)
        ? Optional.empty()
        : Optional.of("its %s is %s, expected %s".formatted(algorithm, actual, hex));
  }

  /** The digest of a file, taken as this one was. */
  String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** The digest of a whole file, read from {@code in}, which stays open. */
  String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    InputStream covered = coverage == Coverage.FILE ? in : IdxFile.plain(in);
    byte[] buffer = new byte[1 << 16];
    for (int count = covered.read(buffer); count >= 0; count = covered.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of content that has been read already. */
  String of(List<ByteBuffer> content) {
    MessageDigest digest = digest();
    content.forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("there is no checksum called " + algorithm, e);
    }
  }
}
