package dev.trifocal.zoo.hub;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file in a repository of a hub.
 *
 * @param repository the repository, such as {@code timm/resnet50.tv_in1k}; data sets start with
 *     {@code datasets/}
 * @param revision a commit, which is immutable, or a branch or tag
 * @param name the path of the file within the repository
 * @param sha256 the SHA-256 of the content in hexadecimal, if known
 */
public record HubFile(String repository, String revision, String name, Optional<String> sha256) {
  private static final Pattern PLAIN = Pattern.compile("(?!\\.+(/|$))[A-Za-z0-9._-]+");

  /**
   * Creates a reference to a file.
   *
   * @throws IllegalArgumentException if a part could escape the cache folder
   */
  public HubFile {
    for (String path : List.of(repository, revision, name)) {
      for (String part : path.split("/", -1)) {
        if (!PLAIN.matcher(part).matches()) {
          throw new IllegalArgumentException("'%s' is not a valid name on a hub".formatted(path));
        }
      }
    }
  }

  HubFile at(String otherRevision) {
    return new HubFile(repository, otherRevision, name, sha256);
  }

  /** Returns the path relative to the hub's address. */
  String path() {
    return "%s/resolve/%s/%s".formatted(repository, revision, name);
  }

  @Override
  public String toString() {
    return repository + "/" + name;
  }
}
