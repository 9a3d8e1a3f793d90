package dev.trifocal.datasets;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A collection of four IDX files, such as MNIST.
 *
 * @param host the URL of the folder with the gzipped files; ends with a slash
 * @param validation the number of samples at the start of the training files that are validation
 *     data
 */
public record IdxCollection(
    String name,
    String description,
    List<String> classes,
    URI host,
    Part train,
    Part test,
    int validation) {

  /** The files of one split: images and labels. */
  public record Part(int samples, IdxName images, IdxName labels) {
    static Part of(String prefix, int samples, Checksum images, Checksum labels) {
      return new Part(
          samples,
          new IdxName(prefix + "-images", "idx3-ubyte", images),
          new IdxName(prefix + "-labels", "idx1-ubyte", labels));
    }
  }

  public IdxCollection {
    classes = List.copyOf(classes);
  }

  /** LeCun, Cortes and Burges, "The MNIST database of handwritten digits". */
  public static IdxCollection mnist() {
    return new IdxCollection(
        "mnist",
        "28x28 handwritten digits, 70,000 images, 11 MB",
        IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
        URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        Part.of(
            "train",
            60_000,
            Checksum.ofContent("6bbc9ace898e44ae57da46a324031adb"),
            Checksum.ofContent("a25bea736e30d166cdddb491f175f624")),
        Part.of(
            "t10k",
            10_000,
            Checksum.ofContent("2646ac647ad5339dbf082846283269ea"),
            Checksum.ofContent("27ae3e4e09519cfbb04c329615203637")),
        5_000);
  }

  /**
   * Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine
   * learning algorithms", arXiv:1708.07747.
   */
  public static IdxCollection fashionMnist() {
    return new IdxCollection(
        "fashion-mnist",
        "28x28 articles of clothing, 70,000 images, 30 MB",
        List.of(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot"),
        // S3 website hosting only offers plain HTTP; the checksums protect the content.
        URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        Part.of(
            "train",
            60_000,
            Checksum.ofFile("8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            Checksum.ofFile("25c81989df183df01b3e8a0aad5dffbe")),
        Part.of(
            "t10k",
            10_000,
            Checksum.ofFile("bef4ecab320f06d8554ea6380940ec79"),
            Checksum.ofFile("bb300cfdad3c16e7a12a480ee83cd310")),
        5_000);
  }

  /** Returns the collection with another server. */
  public IdxCollection from(URI otherHost) {
    return new IdxCollection(name, description, classes, otherHost, train, test, validation);
  }

  Stream<IdxName> files() {
    return Stream.of(train.images(), train.labels(), test.images(), test.labels());
  }
}
