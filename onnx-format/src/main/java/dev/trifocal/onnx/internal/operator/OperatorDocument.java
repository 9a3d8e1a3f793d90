package dev.trifocal.onnx.internal.operator;

import dev.trifocal.file.AtomicFile;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operand.Operator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes {@code docs/onnx.md} of the operators that can be read. */
public final class OperatorDocument {
  private static final String HEAD =
      """
      # ONNX files

      Trifocal reads a model that was trained elsewhere (`.onnx`, opsets 6 to 23, any version of the
      format) into a graph of its own layers. Such a graph runs on every engine, can be fine-tuned on
      every engine, and leaves as ONNX again. This file is generated from the code, and a test fails when
      it is out of date; after a build, from the root of the repository:

      ```
      java -cp 'onnx-format/target/classes:apps/target/lib/*' dev.trifocal.onnx.internal.operator.OperatorDocument
      ```

      ONNX's own tests of its operators (Debian's package `libonnx-testdata`, or a folder named by
      `-Dtrifocal.node-tests`) run through the importer and all engines with the other tests, and are
      skipped where they are absent. This runs them alone, and leaves a table of how many apply, how many
      pass and why each other one does not in `apps/target/onnx-node-tests.md`:

      ```
      mvn -pl apps -am test -Dtest=OnnxNodeTest -Dsurefire.failIfNoSpecifiedTests=false
      ```

      ## What becomes of a file

      - **Only what the outputs need is read**, node by node. Constants, and arithmetic on shapes, are
        worked out while the file is read and leave nothing behind.
      - **What no layer expresses stays in the file.** The model then runs as it is, in ONNX Runtime, and
        `trifocal run` and `trifocal predict` say so. Asking to train it names every node that stands in
        the way, and why.
      - **The first axis of every input is the batch**, whatever size the file gives it: a file written
        for one image runs on fifty. Sums and means over the batch are read where they keep its axis, with
        size 1; any other use of an operator that works across the batch is refused, because it could not
        mean the same for another batch. A literal batch size in the target of a Reshape is
        understood where it is the one that the inputs have.
      - **Channels come first.** Where a file sees images as `[N, H, W, C]`, as TensorFlow and Keras write
        them, the graph sees `[N, C, H, W]`; transpositions that only go to and fro disappear, and the
        weights of a dense layer behind a flattened image are put in the graph's order.
      - **Everything is float32.** Weights in float16, bfloat16 or float64 are brought to float32, and a
        Cast from one real type to another does nothing. Weights in whole numbers are read where
        DequantizeLinear makes real ones of them.
      - **Weights keep their names** where the file has names that tell something
        (`layer1.0.conv1.weight`). A weight that two nodes read becomes a weight of each of them; they
        start alike, and training may move them apart.
      - **Constants that no layer owns** (a position embedding, a scale for each pixel) become `LearnableInput`
        values: training may change them, unless they are frozen. One number per channel becomes
        `Affine`, which training leaves alone.
      - **Evaluation.** Dropout is kept for training and does nothing else; a file in training mode is
        refused.

      """;

  private static final String METADATA =
      """
      ## Metadata

      An exported model says in its metadata what a program needs to use it:

      | key | holds |
      | --- | --- |
      | `classes` | names of the classes, a JSON array |
      | `input` | the size of one sample, such as `3x224x224` |
      | `preprocessing` | how an image becomes that sample, a JSON object |
      | `trifocal` | the version that wrote it, and where the weights come from |
      """;

  private OperatorDocument() {}

  /**
   * @param arguments the root of the repository; the working directory if there is none
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

            The versions are the opsets in which an operator changed and that are told apart; a file of
            another opset means the last one before.

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
            ## Layers spelled out

            Exporters write some layers as arithmetic. These are recognised, with the operands of Add and
            Mul in either order, and become the layer:

            | layer | spelled |
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
    return text.append("| norm of a layer | `%s` |\n\n".formatted(LayerNormPattern.SPELLED))
        .toString();
  }

  private static String folded() {
    String names =
        Folding.standard().operators().stream().sorted().collect(Collectors.joining(", "));
    return """
        ## Operators worked out while reading

        Of constants and of the sizes of data; numbers that count samples are carried along as "so many
        times the batch".

        %s

        """
        .formatted(names);
  }
}
