package dev.trifocal.apps.onnx.node;

import dev.trifocal.apps.onnx.node.Verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Why a node test is no graph, told by what the importer says. */
final class RejectionReasons {
  /** What no graph is about, by what the message contains. */
  static final Map<String, Pattern> APART = apart();

  /** What an operator of the table does not do. */
  static final Map<String, Pattern> KNOWN = known();

  private RejectionReasons() {}

  static Verdict of(String message) {
    for (Map.Entry<String, Pattern> reason : APART.entrySet()) {
      if (reason.getValue().matcher(message).find()) {
        return new Verdict(Outcome.DOES_NOT_APPLY, reason.getKey());
      }
    }
    return KNOWN.entrySet().stream()
        .filter(reason -> reason.getValue().matcher(message).find())
        .findFirst()
        .map(reason -> new Verdict(Outcome.REFUSED, reason.getKey()))
        .orElseGet(() -> new Verdict(Outcome.REFUSED, message.replaceAll("node '[^']*' ", "")));
  }

  private static Map<String, Pattern> apart() {
    Map<String, Pattern> reasons = new LinkedHashMap<>();
    reasons.put(
        "whole numbers, truth values or text as data",
        Pattern.compile("unsupported type [A-Z]|of type STRING|ONNX type 8"));
    reasons.put("an input without axes, so without a batch", Pattern.compile("has no batch axis"));
    reasons.put("training mode", Pattern.compile("training mode"));
    reasons.put("opset before 6", Pattern.compile("opset \\d+ is not supported"));
    reasons.put("a shape with elements of size 0", Pattern.compile("leaves its size open"));
    reasons.put("constants only: see the second table", Pattern.compile("is a constant$"));
    reasons.put(
        "works across the batch",
        Pattern.compile("batch axis|the batch|transA|adds a constant of shape|mixes samples"));
    return reasons;
  }

  private static Map<String, Pattern> known() {
    Map<String, Pattern> reasons = new LinkedHashMap<>();
    reasons.put("another operator without a layer", Pattern.compile("no layer for this operator"));
    reasons.put("three axes besides the channels", Pattern.compile("has [5-9] axes"));
    reasons.put("cubic", Pattern.compile("mode cubic"));
    reasons.put("a grid that no layer has", Pattern.compile("coordinate_transformation_mode"));
    reasons.put("factors that are not whole", Pattern.compile("scales the axes"));
    reasons.put("exponents that are not one number", Pattern.compile("Pow.*a single number"));
    reasons.put("an output that no layer has", Pattern.compile("output \\d is not supported"));
    return reasons;
  }
}
