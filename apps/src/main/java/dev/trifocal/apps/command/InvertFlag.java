package dev.trifocal.apps.command;

import dev.trifocal.image.Image;
import picocli.CommandLine.Option;

/** The option {@code --invert}. */
public final class InvertFlag {
  @Option(names = "--invert", description = "Invert light and dark before prediction.")
  private boolean invert;

  Image of(Image image) {
    return invert ? image.invert() : image;
  }
}
