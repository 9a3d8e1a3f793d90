package dev.trifocal.onnx.importer;

import dev.trifocal.graph.Drawing;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.onnx.operand.Names;
import dev.trifocal.onnx.operand.NodePath;
import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Initializer;
import dev.trifocal.weights.Weights;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a graph of pieces: those that the outputs need, inputs before what reads them. */
final class Assembly {
  private final Drawing drawing;
  private final IdentityHashMap<Piece, Value> values = new IdentityHashMap<>();
  private final IdentityHashMap<Piece, String> paths = new IdentityHashMap<>();
  private final Names taken = new Names();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  Assembly(String name) {
    drawing = new Drawing(name);
  }

  /**
   * @param inputs their names are taken before any other
   * @param outputs by name
   */
  Graph graph(List<Piece> inputs, Map<String, Piece> outputs) {
    inputs.forEach(this::claim);
    outputs.values().forEach(this::draw);
    outputs.forEach((name, piece) -> drawing.output(name, values.get(piece)));
    return drawing.graph();
  }

  /** Those of the graph that was drawn. */
  Weights weights() {
    return new Weights(weights);
  }

  String path(Piece piece) {
    return paths.get(piece);
  }

  /** Without recursion: networks can be thousands of layers deep. */
  private void draw(Piece last) {
    Deque<Piece> open = new ArrayDeque<>(List.of(last));
    while (!open.isEmpty()) {
      Piece piece = open.peek();
      List<Piece> missing =
          piece.inputs().stream().filter(input -> !values.containsKey(input)).toList();
      if (missing.isEmpty()) {
        open.pop();
        values.computeIfAbsent(piece, this::drawn);
      } else {
        for (int i = missing.size() - 1; i >= 0; i--) {
          open.push(missing.get(i));
        }
      }
    }
  }

  private Value drawn(Piece piece) {
    String path = claim(piece);
    piece.parameters().forEach((name, tensor) -> weights.put(path + "." + name, tensor));
    List<Value> inputs = piece.inputs().stream().map(values::get).toList();
    if (inputs.isEmpty()) {
      return source(path, piece);
    }
    Value[] others = inputs.subList(1, inputs.size()).toArray(Value[]::new);
    return inputs.get(0).with(path, piece.layer(), others);
  }

  private Value source(String path, Piece piece) {
    return piece.parameters().isEmpty()
        ? drawing.input(path, piece.shape())
        : drawing.learned(path, piece.shape(), new Initializer.Constant(0));
  }

  private String claim(Piece piece) {
    return paths.computeIfAbsent(
        piece,
        p -> {
          String wanted = p.name().isEmpty() ? p.layer().kind().toLowerCase(Locale.ROOT) : p.name();
          return taken.unique(NodePath.clean(wanted));
        });
  }
}
