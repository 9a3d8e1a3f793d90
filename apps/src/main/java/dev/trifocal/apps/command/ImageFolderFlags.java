package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags of commands that read folders of pictures. */
@OptionSection("Images of a folder")
public final class ImageFolderFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      description =
          "Of the pictures of a folder, as the network reads them: 224, or height and width:"
              + " 160x200. Default: what the model says, else 224.")
  private void size(String value) {
    values.put("size", value);
  }

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "Of the same: 3 for colours, 1 for gray. Default: what the model reads.")
  private void channels(String value) {
    values.put("channels", value);
  }

  @Option(
      names = "--strict",
      description = "Refuse a folder with images that cannot be read, instead of leaving them out.")
  private void strict(boolean value) {
    values.put("strict", String.valueOf(value));
  }

  @Option(
      names = "--image-cache",
      paramLabel = "WHERE",
      description =
          "Where decoded images are kept: memory (1 GiB), disk (below the cache folder) or none."
              + " Default: memory.")
  private void cache(String value) {
    values.put("image-cache", value);
  }

  /** The name of {@code --image-cache} in earlier versions. */
  @Option(names = "--picture-cache", hidden = true)
  private void imageCache(String value) {
    values.put("picture-cache", value);
  }

  Map<String, String> values() {
    return values;
  }
}
