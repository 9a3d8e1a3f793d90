package dev.trifocal.onnx.internal.operator;

import dev.trifocal.file.AtomicFile;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operand.Operator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generates {@code docs/onnx.md} from the supported operators. */
public final class OperatorDocument {
  private static final String HEAD =
      """
      # ONNX files

      Trifocal imports models trained elsewhere (`.onnx`, opsets 6 to 23, any version of the format) as
      graphs of its own layers. An imported graph can be run, fine-tuned and exported to ONNX again, on
      every engine. This file is generated from the code, and a test fails if it is out of date. To
      generate it after a build, run from the root of the repository:

      ```
      java -cp 'onnx-format/target/classes:apps/target/lib/*' dev.trifocal.onnx.internal.operator.OperatorDocument
      ```

      ONNX's own operator tests (Debian's package `libonnx-testdata`, or the folder that
      `-Dtrifocal.node-tests` names) are part of the test suite: they run through the importer and all
      engines, and are skipped if absent. The following command runs only these tests and writes
      `apps/target/onnx-node-tests.md`, which lists how many apply, how many pass, and why the others do
      not:

      ```
      mvn -pl apps -am test -Dtest=OnnxNodeTest -Dsurefire.failIfNoSpecifiedTests=false
      ```

      ## How a file is imported

      - **Only nodes that the outputs depend on are imported**, one by one. Constants and arithmetic on
        shapes are folded at import.
      - **Models that layers cannot express stay files.** `trifocal run` and `trifocal predict` run such a
        file as it is with ONNX Runtime, and say so. An attempt to train it reports every unsupported node
        and the reason.
      - **The first axis of every input is the batch**, whatever its size in the file: a file written for
        one image runs on fifty. Sums and means over the batch are supported if they keep the batch axis,
        with size 1; other operations across the batch are rejected, because their meaning would depend on
        the batch size. A literal batch size in the target of a Reshape is recognised if it equals that of
        the inputs.
      - **Channels come first.** If a file has images as `[N, H, W, C]`, as TensorFlow and Keras write
        them, the graph has `[N, C, H, W]`. Transpositions that cancel out are removed, and the weights of
        a dense layer after a flattened image are permuted to the graph's order.
      - **All computation is in float32.** Weights in float16, bfloat16 or float64 are converted to
        float32, and a Cast between real types does nothing. Integer weights are supported if
        DequantizeLinear converts them to real numbers.
      - **Weights keep their names** if the names in the file are meaningful (`layer1.0.conv1.weight`). A
        weight that two nodes share becomes a separate weight of each; they start out equal, and training
        may change them independently.
      - **Constants that belong to no layer** (a position embedding, a scale for each pixel) become
        `LearnableInput` values, which are trained unless they are frozen. One number per channel becomes
        `Affine`, which is not trained.
      - **Models are imported in evaluation mode.** Dropout is kept for training and otherwise does nothing;
        a file in training mode is rejected.

      """;

  private static final String METADATA =
      """
      ## Metadata

      The metadata of an exported model holds what a program needs in order to use it:

      | key | holds |
      | --- | --- |
      | `classes` | class names, a JSON array |
      | `input` | size of one sample, such as `3x224x224` |
      | `preprocessing` | preprocessing of an image, a JSON object |
      | `trifocal` | version of Trifocal that wrote the file, and the origin of the weights |
      """;

  private OperatorDocument() {}

  /**
   * Writes the document.
   *
   * @param arguments root of the repository; defaults to the working directory
   */
  public static void main(String... arguments) {
    Path root = Path.of(arguments.length == 0 ? "" : arguments[0]);
    AtomicFile.write(root.resolve("docs/onnx.md"), text());
  }

  static String text() {
    return HEAD + operators() + spellings() + folded() + METADATA;
  }

  private static String operators() {
    StringBuilder text =
        new StringBuilder(
            """
            ## Operators

            The versions are the opsets at which an operator changed in a way that matters here. A file of
            any other opset uses the latest version before it.

            | operator | versions | becomes | notes |
            | --- | --- | --- | --- |
            """);
    for (Operator operator : OperatorTable.standard().all()) {
      String versions =
          operator.versions().stream().map(String::valueOf).collect(Collectors.joining(", "));
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(operator.name(), versions, operator.becomes(), operator.changes()));
    }
    return text.append('\n').toString();
  }

  private static String spellings() {
    StringBuilder text =
        new StringBuilder(
            """
            ## Composed layers

            Exporters write some layers as arithmetic. The following patterns are recognised, with the
            operands of Add and Mul in either order, and become a single layer:

            | layer | pattern |
            | --- | --- |
            """);
    Map<String, List<String>> byName =
        ActivationPatterns.words().stream()
            .collect(
                Collectors.groupingBy(
                    word -> word.function().getClass().getSimpleName(),
                    TreeMap::new,
                    Collectors.mapping(
                        word -> "`%s`".formatted(word.spelling()), Collectors.toList())));
    byName.forEach(
        (name, spelled) ->
            text.append("| %s | %s |\n".formatted(name, String.join("<br>", spelled))));
    return text.append("| layer norm | `%s` |\n\n".formatted(LayerNormPattern.SPELLED)).toString();
  }

  private static String folded() {
    String names =
        Folding.standard().operators().stream().sorted().collect(Collectors.joining(", "));
    return """
        ## Folded operators

        The following operators are evaluated at import if they depend only on constants and on the shapes of
        data. Numbers that depend on the batch size are represented as multiples of it.

        %s

        """
        .formatted(names);
  }
}
