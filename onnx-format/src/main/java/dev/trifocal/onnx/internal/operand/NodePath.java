package dev.trifocal.onnx.internal.operand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths for nodes, read off the names in a file, which each exporter gives in its own way. */
public final class NodePath {
  /** {@code features.0.weight}, {@code conv1_W}, {@code dense/kernel:0}. */
  public static final Pattern WEIGHT = Pattern.compile("(.+?)[./_](?:weight|W|kernel)(?::\\d+)?");

  public static final Pattern NUMBER = Pattern.compile("_?\\d*");
  public static final Pattern NUMBER_OF_SCOPE = Pattern.compile("(_\\d+)?");
  public static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_.]");
  public static final Pattern DOTS = Pattern.compile("[.]{2,}");
  public static final Pattern DOTS_AROUND = Pattern.compile("^[.]+|[.]+$");

  private NodePath() {}

  /** The layer of a weight, if the weight's name says it. */
  public static Optional<String> ofWeight(String weight) {
    Matcher matcher = WEIGHT.matcher(weight);
    return matcher.matches()
        ? Optional.of(clean(matcher.group(1))).filter(s -> !s.isEmpty())
        : Optional.empty();
  }

  /**
   * The layer of a node: its name without the operator at its end, the scopes of PyTorch joined
   * ({@code /layer1/layer1.0/conv1/Conv} is {@code layer1.0.conv1}); empty where the name says no
   * more than the operator.
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

  /** Whether a name is that of an operator, perhaps with a number. */
  private static boolean is(String name, String operator, Pattern number) {
    return name.startsWith(operator)
        && number.matcher(name).region(operator.length(), name.length()).matches();
  }

  /** With what a path may not have replaced. */
  public static String clean(String name) {
    String parts = ODD.matcher(name.replace('/', '.')).replaceAll("_");
    return DOTS_AROUND.matcher(DOTS.matcher(parts).replaceAll(".")).replaceAll("");
  }
}
