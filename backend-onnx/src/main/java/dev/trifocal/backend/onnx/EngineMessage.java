package dev.trifocal.backend.onnx;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of ONNX Runtime in words for users: without error codes, source files and C++
 * signatures, and with a cure for files that are too new.
 *
 * @param raw the message as ONNX Runtime throws it
 */
record EngineMessage(String raw) {
  private static final Pattern OPSET =
      Pattern.compile(
          "Opset (\\d+) is under development.*support for domain (\\S+) is till opset (\\d+)",
          Pattern.DOTALL);

  private static final Pattern FORMAT =
      Pattern.compile("Unsupported model IR version: (\\d+), max supported IR version: (\\d+)");

  private static final Pattern NODE =
      Pattern.compile(
          "Non-zero status code returned while running (\\w+) node\\. Name:'(.*?)' Status Message: ");

  /** A source file with a line number, before the signature of a function. */
  private static final Pattern SOURCE =
      Pattern.compile("\\S*\\.(?:cc|cpp|cxx|cu|cuh|h|hpp|inc):\\d+\\s*");

  /** A function without its parameters, as compilers other than GCC and Clang name it. */
  private static final Pattern FUNCTION =
      Pattern.compile("\\G[\\w:~]+::[\\w~]+(?=\\s)\\s+(?!\\w[^(\\n]*::)");

  /** What remains of a signature behind its parameters. */
  private static final Pattern QUALIFIERS =
      Pattern.compile("\\G>?(?: (?:const|noexcept)\\b|(?: \\[with [^]]*]))*\\s*");

  /** A failed C++ condition, before the words that explain it. */
  private static final Pattern CONDITION =
      Pattern.compile("\\G\\S[^\\n]*? was false\\.\\s+(?=\\S)");

  private static final String OWN_DOMAIN = "ai.onnx";

  /** Returns the message. */
  String plain() {
    Matcher opset = OPSET.matcher(raw);
    if (opset.find()) {
      return opset(opset.toMatchResult());
    }
    Matcher format = FORMAT.matcher(raw);
    if (format.find()) {
      return "it has IR version %s, and ONNX Runtime supports up to %s; set model.ir_version = %s with Python's onnx package and save it again"
          .formatted(format.group(1), format.group(2), format.group(2));
    }
    String text =
        raw.replaceFirst("^Error code - \\w+ - message: ", "")
            .replaceFirst("^Load model from .* failed: ?", "")
            .replaceFirst("^Fatal error: ", "");
    return withoutSources(NODE.matcher(text).replaceAll(EngineMessage::node)).strip();
  }

  private static String opset(MatchResult found) {
    String newest = found.group(3);
    String cure =
        found.group(2).equals(OWN_DOMAIN)
            ? "export it with opset_version=%s or lower, or convert it with onnx.version_converter.convert_version(model, %s)"
                .formatted(newest, newest)
            : "export it with version %s of this domain or lower".formatted(newest);
    return "it has opset %s of domain %s, and ONNX Runtime supports up to %s; %s"
        .formatted(found.group(1), found.group(2), newest, cure);
  }

  private static String node(MatchResult found) {
    String name = found.group(2);
    return Matcher.quoteReplacement(
        name.isEmpty()
            ? "a %s node: ".formatted(found.group(1))
            : "node '%s' (%s): ".formatted(name, found.group(1)));
  }

  private static String withoutSources(String text) {
    StringBuilder result = new StringBuilder();
    Matcher source = SOURCE.matcher(text);
    int from = 0;
    while (source.find(from)) {
      result.append(text, from, source.start());
      from = after(CONDITION, text, after(QUALIFIERS, text, signature(text, source.end())));
    }
    return result.append(text.substring(from)).toString();
  }

  /** Returns the end of the signature that starts at an index, or the index if there is none. */
  private static int signature(String text, int start) {
    Matcher function = FUNCTION.matcher(text);
    if (function.find(start)) {
      return function.end();
    }
    int end = start;
    int depth = 0;
    for (int i = start; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        end = i + 1;
        if (!text.startsWith("::", end)
            && !text.startsWith(")", end)
            && !text.startsWith("(", end)) {
          return end;
        }
      }
    }
    return end;
  }

  private static int after(Pattern pattern, String text, int start) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find(start) ? matcher.end() : start;
  }
}
