package dev.trifocal.apps.model;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import java.util.List;

/** Expresses preprocessing as the first layers of a network, which then takes raw pixels. */
public final class PreprocessingLayers {
  /** The largest value of a byte. */
  public static final double WHITE = 255;

  private PreprocessingLayers() {}

  /**
   * Returns a graph that takes RGB values from 0 to 255, {@code [C, H, W]}.
   *
   * @param preprocessing the preprocessing; resizing and cropping remain to be done outside the
   *     graph
   */
  public static Graph inFront(Graph graph, Preprocessing preprocessing) {
    Node input = graph.inputs().get(0);
    String name = graph.unusedPath("preprocessing");
    return graph.withFront(
        input.path(),
        pixels ->
            pixels.block(
                name,
                v -> {
                  boolean swapped =
                      preprocessing.order() == Preprocessing.Order.BGR && v.shape().size(0) == 3;
                  return (swapped ? reversed(v) : v)
                      .then("scale", preprocessing.layer(v.shape().size(0)));
                }));
  }

  /** Converts a preprocessing to one for values in {@code [0, 1]}. */
  public static Preprocessing ofUnit(Preprocessing preprocessing) {
    return new Preprocessing(
        preprocessing.shorterSide(),
        preprocessing.order(),
        preprocessing.scale() / WHITE,
        preprocessing.mean(),
        preprocessing.std());
  }

  /** Returns the part of the preprocessing that is not expressed as layers. */
  public static Preprocessing remaining(Preprocessing preprocessing) {
    return new Preprocessing(
        preprocessing.shorterSide(), Preprocessing.Order.RGB, 1, List.of(0.0), List.of(1.0));
  }

  private static Value reversed(Value v) {
    Value blue = v.then("blue", Layer.slice(0, 2, 3));
    Value green = v.then("green", Layer.slice(0, 1, 2));
    Value red = v.then("red", Layer.slice(0, 0, 1));
    return blue.concat(green, red);
  }
}
