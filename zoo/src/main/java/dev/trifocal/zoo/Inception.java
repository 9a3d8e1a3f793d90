package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.maxPool;

import dev.trifocal.graph.Value;

/**
 * A module of GoogLeNet: four parallel branches whose channels are concatenated.
 *
 * @param name the name of the module
 * @param direct the channels of the 1x1 convolution of the first branch
 * @param reduce3 the channels of the 1x1 convolution before the 3x3
 * @param square3 the channels of the 3x3 convolution
 * @param reduce5 the channels of the 1x1 convolution before the 5x5
 * @param square5 the channels of the 5x5 convolution
 * @param pooled the channels of the 1x1 convolution after the pool
 */
record Inception(
    String name, int direct, int reduce3, int square3, int reduce5, int square5, int pooled) {
  Value build(Value input, GoogLeNetVariant style) {
    int wide = style.wideKernel();
    Value one = style.unit(input, "branch1", conv(direct, 1));
    Value three = style.unit(input, "branch2.0", conv(reduce3, 1));
    Value five = style.unit(input, "branch3.0", conv(reduce5, 1));
    Value pool = input.then("branch4.0", maxPool(3).stride(1).padding(1).ceilMode());
    return one.concat(
        style.unit(three, "branch2.1", conv(square3, 3).padding(1)),
        style.unit(five, "branch3.1", conv(square5, wide).padding(wide / 2)),
        style.unit(pool, "branch4.1", conv(pooled, 1)));
  }
}
