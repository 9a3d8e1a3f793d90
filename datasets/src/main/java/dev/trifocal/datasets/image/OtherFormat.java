package dev.trifocal.datasets.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a file with the name of an image may be instead, recognised by its first bytes. */
enum OtherFormat {
  AVIF(
      "is an AVIF image, which is not read; convert it to JPEG or PNG",
      "????ftypavif",
      "????ftypavis"),
  HEIC(
      "is an HEIC image, which is not read; convert it to JPEG or PNG",
      "????ftyphei",
      "????ftyphev",
      "????ftypmif1",
      "????ftypmsf1"),
  JPEG_XL(
      "is a JPEG XL image, which is not read; convert it to JPEG or PNG",
      "\u00FF\n",
      "\0\0\0\fJXL "),
  PDF("is a PDF document, not an image; convert its pages to PNG", "%PDF-"),
  LFS_POINTER(
      "is a Git LFS pointer, not the image itself; fetch it with git lfs pull",
      "version https://git-lfs"),
  WEB_PAGE(
      "is a web page, not an image; download it again", "<!DOCTYPE", "<!doctype", "<html", "<HTML");

  private final String problem;
  private final List<String> starts;

  OtherFormat(String problem, String... starts) {
    this.problem = problem;
    this.starts = List.of(starts);
  }

  static Optional<OtherFormat> of(byte[] bytes) {
    return Arrays.stream(values())
        .filter(other -> other.starts.stream().anyMatch(s -> ImageFormat.begins(bytes, s)))
        .findFirst();
  }

  /** Returns what is wrong and what to do, to follow the name of the file. */
  String problem() {
    return problem;
  }
}
