package dev.trifocal.onnx.internal.operand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Derives node paths from names in a file, which follow the conventions of its exporter. */
public final class NodePath {
  /**
   * Matches names of weights: {@code features.0.weight}, {@code conv1_W}, {@code dense/kernel:0}.
   */
  public static final Pattern WEIGHT = Pattern.compile("(.+?)[./_](?:weight|W|kernel)(?::\\d+)?");

  public static final Pattern NUMBER = Pattern.compile("_?\\d*");
  public static final Pattern NUMBER_OF_SCOPE = Pattern.compile("(_\\d+)?");
  public static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_.]");
  public static final Pattern DOTS = Pattern.compile("[.]{2,}");
  public static final Pattern DOTS_AROUND = Pattern.compile("^[.]+|[.]+$");

  private NodePath() {}

  /**
   * Returns the layer that the name of a weight belongs to, if the name follows a known convention.
   */
  public static Optional<String> ofWeight(String weight) {
    Matcher matcher = WEIGHT.matcher(weight);
    return matcher.matches()
        ? Optional.of(clean(matcher.group(1))).filter(s -> !s.isEmpty())
        : Optional.empty();
  }

  /**
   * Returns the path of a node: its name without a trailing operator, and with PyTorch's scopes
   * joined ({@code /layer1/layer1.0/conv1/Conv} becomes {@code layer1.0.conv1}); empty if the name
   * is just the operator.
   */
  public static String of(OnnxNode node) {
    String name = node.proto().getName();
    if (is(name, node.operator(), NUMBER)) {
      return "";
    }
    int last = name.lastIndexOf('/') + 1;
    String scopes =
        last > 0 && is(name.substring(last), node.operator(), NUMBER_OF_SCOPE)
            ? name.substring(0, last - 1)
            : name;
    List<String> parts = new ArrayList<>();
    for (String part : scopes.split("/")) {
      if (!parts.isEmpty() && part.startsWith(parts.get(parts.size() - 1) + ".")) {
        parts.remove(parts.size() - 1);
      }
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return clean(String.join(".", parts));
  }

  /** Returns whether a name is the name of an operator, possibly with a number. */
  private static boolean is(String name, String operator, Pattern number) {
    return name.startsWith(operator)
        && number.matcher(name).region(operator.length(), name.length()).matches();
  }

  /** Replaces characters that are not allowed in paths. */
  public static String clean(String name) {
    String parts = ODD.matcher(name.replace('/', '.')).replaceAll("_");
    return DOTS_AROUND.matcher(DOTS.matcher(parts).replaceAll(".")).replaceAll("");
  }
}
