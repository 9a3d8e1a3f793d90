package dev.trifocal.zoo.hub;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file in a repository of a hub.
 *
 * @param repository such as {@code timm/resnet50.tv_in1k}; one of a data set begins with {@code
 *     datasets/}
 * @param revision a commit, which never changes, or a branch or tag
 * @param name within the repository
 * @param sha256 of the content in hexadecimal, where it is known for certain
 */
public record HubFile(String repository, String revision, String name, Optional<String> sha256) {
  private static final Pattern PLAIN = Pattern.compile("(?!\\.+(/|$))[A-Za-z0-9._-]+");

  /**
   * @throws IllegalArgumentException if a part could lead out of a folder
   */
  public HubFile {
    for (String path : List.of(repository, revision, name)) {
      for (String part : path.split("/", -1)) {
        if (!PLAIN.matcher(part).matches()) {
          throw new IllegalArgumentException("'%s' is no name on a hub".formatted(path));
        }
      }
    }
  }

  HubFile at(String otherRevision) {
    return new HubFile(repository, otherRevision, name, sha256);
  }

  /** The path below the address of a hub. */
  String path() {
    return "%s/resolve/%s/%s".formatted(repository, revision, name);
  }

  @Override
  public String toString() {
    return repository + "/" + name;
  }
}
