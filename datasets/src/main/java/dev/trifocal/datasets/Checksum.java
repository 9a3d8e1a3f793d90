package dev.trifocal.datasets;

import dev.trifocal.datasets.idx.IdxFile;
import dev.trifocal.download.FileCheck;
import dev.trifocal.file.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** What a file is known by. */
public record Checksum(Coverage coverage, Digest digest) implements FileCheck {
  /** What the digest is taken of. */
  public enum Coverage {
    /** The file as it lies on the server; a copy that was gzipped anew differs. */
    FILE,
    /** The file without gzip: the same for every copy. */
    CONTENT
  }

  public static Checksum ofFile(String md5) {
    return new Checksum(Coverage.FILE, Digest.md5(md5));
  }

  public static Checksum ofContent(String md5) {
    return new Checksum(Coverage.CONTENT, Digest.md5(md5));
  }

  @Override
  public Optional<String> problem(InputStream content, long size) throws IOException {
    try {
      return digest.problem(of(content, size));
    } catch (ZipException | EOFException e) {
      return Optional.of(digest.mismatch("that of no whole gzip file"));
    }
  }

  /** The digest of a file, taken as this one was. */
  Digest of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in, Files.size(file));
    }
  }

  /** The digest of content that has been read already. */
  Digest of(List<ByteBuffer> content) {
    return digest.kind().of(content);
  }

  private Digest of(InputStream in, long size) throws IOException {
    return digest.kind().of(coverage == Coverage.FILE ? in : IdxFile.plain(in), size);
  }
}
